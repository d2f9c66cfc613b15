# S4: scaling, a name per pod, ordered deletion.

# S4.1 0, 1, 2 in that order, each after the one before is ready
apply -f ../manifests/mysql-statefulset.yaml
get pods -l app=mysql -w

# S4.2 a pod's own name
nslookup mysql-statefulset-0.mysql-headless.default.svc.cluster.local

# S4.3 one address for the normal service, one per pod for the headless one
nslookup mysql-normal
nslookup mysql-headless

# S4.4 3 then 4
scale statefulset mysql-statefulset --replicas=5
get pods -l app=mysql -w

# S4.7 what there is to see
describe sts mysql-statefulset
describe pod mysql-statefulset-0

# S4.5 4, 3, 2, 1, 0 in that order
delete statefulset mysql-statefulset --wait=false
explain sts/mysql-statefulset
get pods -l app=mysql -w
! get sts mysql-statefulset

# S4.6 all five claims are still there
get pvc
