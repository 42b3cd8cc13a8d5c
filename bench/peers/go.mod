module weald/bench/peers

go 1.26.0

require weald v0.0.0

require github.com/rickar/cal/v2 v2.1.13

replace weald => ../..
