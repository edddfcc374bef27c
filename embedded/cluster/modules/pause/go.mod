module keelson/embedded/cluster/pause

go 1.21
