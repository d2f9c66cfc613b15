# S4.5 with Kubernetes' own profile: the planner does nothing, the garbage collector takes the pods in any order.
option profile upstream
apply -f ../manifests/mysql-statefulset.yaml
settle
delete statefulset mysql-statefulset --wait=false
get pods -l app=mysql -w
get pvc
