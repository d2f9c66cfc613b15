# Config maps and secrets.
option profile upstream
create cm m --from-literal=a=b
create secret generic s --from-literal=a=b
get cm m
get secret s
get cm m -o yaml
patch cm m -p '{"data":{"c":"d"}}'
get cm m -o jsonpath={.data}
patch cm m --type=merge -p '{"data":{"a":null}}'
get cm m -o jsonpath={.data}
patch secret s -p '{"stringData":{"x":"y"}}'
get secret s -o jsonpath={.data}
label cm/m secret/s a=b
get cm,secret -l a=b
delete cm,secret -l a=b
get cm,secret -l a=b
