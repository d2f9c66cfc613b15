# S2, second part: scaling, and sets without order.
apply -f ../manifests/sample.yaml
settle

# S2.3 out: 3 then 4, each after the one before is ready
scale sts sample-statefulset --replicas=5
get po -w
# in: 4, 3, 2 leave in that order, each when the one before is gone; their claims stay
scale sts sample-statefulset --replicas=2
get po -w
get po,pvc
# the same by applying a manifest
apply -f ../manifests/sample-five.yaml
settle
get po

# S2.4 the field cannot be changed
! patch sts sample-statefulset -p '{"spec":{"podManagementPolicy":"Parallel"}}'
delete sts sample-statefulset
apply -f ../manifests/sample-parallel.yaml
get po -w
# all leave at once
scale sts sample-statefulset --replicas=0
get po -w
get po
scale sts sample-statefulset --replicas=3
settle
# a rolling update is still one at a time
set image sts/sample-statefulset nginx-container=nginx:1.13
get po -w
rollout status sts/sample-statefulset
delete -f ../manifests/sample-parallel.yaml
