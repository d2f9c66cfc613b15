# S1: a claim per pod, by dynamic provisioning.

# S1.1 two pods, two claims, two volumes
apply -f ../manifests/mehdb.yaml
settle
get sts,po,pvc,svc
get pv
describe pvc data-mehdb-0

# S1.2 a client finds both pods
run client --rm -it --image=busybox:1.28 --restart=Never -- nslookup mehdb
