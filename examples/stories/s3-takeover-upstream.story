# S3 with Kubernetes' own profile: the cluster's controllers and kubectl do what the planner does in s3-takeover.story.
option profile upstream
option nodes kube-node01 kube-node02
option provisioner none
apply -f ../manifests/pv1.yaml
apply -f ../manifests/mysql.yaml
rollout status sts/mysql

# S3.5 kubectl posts the eviction itself
drain kube-node01 --ignore-daemonsets
rollout status sts/mysql
get pod mysql-0 -o wide
get node kube-node01 -o jsonpath={.metadata.annotations}
uncordon kube-node01

# S3.7 the refusal is the same, and no trace of the drain stays behind but the cordon
apply -f ../manifests/mysql-pdb.yaml
! drain kube-node02 --ignore-daemonsets --timeout=8s
explain sts/mysql
uncordon kube-node02
delete pdb mysql

# S3.8 the pod of a silent node is asked to go by its taint, after the pod's own 300 s
fail node kube-node02 network
advance 7m
get po -o wide
events --for pod/mysql-0
explain sts/mysql
ps

# S3.9 (c) the node comes back
restore node kube-node02
rollout status sts/mysql
get po -o wide
ps

# S3.9 (a) the node object is deleted: the pod garbage collector sees it within 20 s, and waits 40 s more
fail node kube-node01 power
advance 7m
delete node kube-node01
advance 30s
get po -o wide
rollout status sts/mysql
get po -o wide
ps
restore node kube-node01

# S3.9 (b) the pod is removed by hand. Its disk is taken from the silent machine only 6 minutes later
fail node kube-node02 power
advance 7m
delete pod mysql-0 --force --grace-period=0
rollout status sts/mysql
get po -o wide
ps
restore node kube-node02
advance 10s

# A taint vouches for a machine that is off, and hurries both collector and disk.
fail node kube-node01 power
advance 7m
get po
taint nodes kube-node01 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute
rollout status sts/mysql
get po -o wide
ps
taint nodes kube-node01 node.kubernetes.io/out-of-service-
restore node kube-node01
advance 10s
get no

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
get no
get po
