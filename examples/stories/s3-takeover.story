# S3: a disk that was made by hand, take-over between nodes, and a node that is lost.
option nodes kube-node01 kube-node02
option provisioner none

# S3.1 the database takes the disk that is there
apply -f ../manifests/pv1.yaml
apply -f ../manifests/mysql.yaml
rollout status sts/mysql
get svc,sts,po
get pv

# S3.2 set, service and pod go; claim and disk stay
exec mysql-0 -- mkdir /var/lib/mysql/shop
delete -f ../manifests/mysql.yaml
get svc,sts,po
get pvc,pv

# S3.3 the same claim is used again, and the database is there
apply -f ../manifests/mysql.yaml
rollout status sts/mysql
get pvc
exec mysql-0 -- ls /var/lib/mysql
get po -o wide

# S3.4 a cordoned node takes no new pods and keeps those that it has
cordon kube-node01
get no
get po -o wide

# S3.5 a drain moves the pod: same name, same claim, another address; what runs is one process at any time
get po -o custom-columns=NAME:.metadata.name,UID:.metadata.uid,IP:.status.podIP
drain kube-node01 --ignore-daemonsets
rollout status sts/mysql
get pod mysql-0 -o wide
get po -o custom-columns=NAME:.metadata.name,UID:.metadata.uid,IP:.status.podIP
ps
get pvc
exec mysql-0 -- ls /var/lib/mysql
timeline

# S3.6 the node takes pods again, and the pod stays where it is
uncordon kube-node01
advance 10s
get no
get po -o wide

# S3.7 a budget that allows nothing holds the drain up; the pod runs on, and the node stays cordoned
apply -f ../manifests/mysql-pdb.yaml
get pdb
! drain kube-node02 --ignore-daemonsets --timeout=8s
get no
get po
explain sts/mysql
uncordon kube-node02
delete pdb mysql

# S3.8 the node is cut off: after a while the pod is asked to go, and nothing takes its place, because it may still run
fail node kube-node02 network
advance 1m
get no
get po
explain sts/mysql
advance 6m
get po -o wide
explain sts/mysql
ps
describe pod mysql-0
describe node kube-node02

# S3.9 (c) the node comes back: its kubelet ends the pod, and a new one may start
restore node kube-node02
rollout status sts/mysql
get no
get po -o wide
ps
exec mysql-0 -- ls /var/lib/mysql
timeline --since 9m

# Where no node at all is ready it is more likely the observer that is cut off: nobody is asked to go.
fail node kube-node01 network
fail node kube-node02 network
advance 1h
get no
get po
explain sts/mysql
restore node kube-node01
restore node kube-node02
advance 10s
get po

# S3.9 (a) a machine without power is removed: the operator's word that it is dead. Its pods are replaced at once
fail node kube-node01 power
advance 7m
get po -o wide
ps
delete node kube-node01
rollout status sts/mysql
get po -o wide
ps
exec mysql-0 -- ls /var/lib/mysql
restore node kube-node01

# S3.9 (b) the pod is removed by hand. Its disk is taken from the silent machine only 6 minutes later: nobody vouched for it
fail node kube-node02 power
advance 7m
get po -o wide
delete pod mysql-0 --force --grace-period=0
rollout status sts/mysql
get po -o wide
ps
restore node kube-node02
advance 10s
get no

# The planner itself waits for ever rather than let two of them run…
fail node kube-node01 network
advance 3h
get po
explain sts/mysql
ps
# …until somebody vouches for the machine.
fence node kube-node01
rollout status sts/mysql
get po -o wide
ps
restore node kube-node01
advance 10s

# Whoever removes the pod of a machine that is only cut off has two of them, as in Kubernetes: the old one still runs.
fail node kube-node02 network
advance 7m
delete pod mysql-0 --force --grace-period=0
rollout status sts/mysql
get po -o wide
ps
# When the machine is heard of again its kubelet ends what is no longer wanted.
restore node kube-node02
advance 40s
ps
get po -o wide
