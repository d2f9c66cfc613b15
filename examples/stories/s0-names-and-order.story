# S0: names, order, self-healing, and a headless service.

# S0.1 three pods come up
apply -f ../manifests/stateful.yaml
settle
get sts

# S0.2 each is younger than the one before
get po

# S0.3 a service without an address of its own
get svc

# S0.4 from inside a pod, the service's name gives one address per pod
exec stateful-0 -c curl -- nslookup stateful-svc
get po -o wide

# S0.5 and each pod has a name of its own
nslookup stateful-0.stateful-svc.default.svc.cluster.local
nslookup stateful-1.stateful-svc.default.svc.cluster.local
nslookup stateful-2.stateful-svc.default.svc.cluster.local

# S0.6 a deleted pod comes back under its name, with another uid and address; its neighbours are not touched
get po -o custom-columns=NAME:.metadata.name,UID:.metadata.uid,IP:.status.podIP
delete pod stateful-1
settle
get po -o custom-columns=NAME:.metadata.name,UID:.metadata.uid,IP:.status.podIP
get po
describe sts stateful

# S0.7 the names follow
nslookup stateful-svc
nslookup stateful-1.stateful-svc.default.svc.cluster.local

# S0.8 all gone; curl's shell ignores SIGTERM, so this takes the grace period of 30 seconds for each pod
delete sts stateful
delete svc stateful-svc
get sts,po,svc
! get sts stateful
