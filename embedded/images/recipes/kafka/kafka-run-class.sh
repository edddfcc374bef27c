#!/bin/sh
# Runs a program of Kafka by the name under which the official image has it, with the same variables for Java.
level=warn
heap=-Xmx256M
case ${0##*/} in
  kafka-server-start.sh) class=kafka.Kafka level=info heap="-Xms1G -Xmx1G" ;;
  kafka-storage.sh) class=kafka.tools.StorageTool ;;
  kafka-topics.sh) class=org.apache.kafka.tools.TopicCommand ;;
  kafka-configs.sh) class=kafka.admin.ConfigCommand ;;
  kafka-acls.sh) class=kafka.admin.AclCommand ;;
  kafka-consumer-groups.sh) class=org.apache.kafka.tools.consumer.group.ConsumerGroupCommand ;;
  kafka-console-producer.sh) class=kafka.tools.ConsoleProducer ;;
  kafka-console-consumer.sh) class=org.apache.kafka.tools.consumer.ConsoleConsumer ;;
  kafka-get-offsets.sh) class=org.apache.kafka.tools.GetOffsetShell ;;
  kafka-broker-api-versions.sh) class=kafka.admin.BrokerApiVersionsCommand ;;
  *) class=$1 && shift ;;
esac
# Options are several words each.
exec java ${KAFKA_HEAP_OPTS:-$heap} $KAFKA_JVM_PERFORMANCE_OPTS $KAFKA_OPTS -Dorg.slf4j.simpleLogger.defaultLogLevel=$level \
  -cp "/opt/kafka/libs/*" "$class" "$@"
