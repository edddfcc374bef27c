module keelson/embedded/cluster/sandbox

go 1.21
