# Ordered start, healing, scaling, a rollout with a partition, an ordered shutdown.
apply -f ../manifests/sample.yaml
get po -w

# healing: the pod comes back under its name, with its disk
exec sample-statefulset-0 -- touch /usr/share/nginx/html/sample.html
delete pod sample-statefulset-0
settle
exec sample-statefulset-0 -- ls /usr/share/nginx/html

# scaling: out in order, in in reverse
scale sts sample-statefulset --replicas=5
settle
scale sts sample-statefulset --replicas=3
settle
get po,pvc

# a rollout that stops at the partition, and says what it would do next
patch sts sample-statefulset -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":2}}}}'
set image sts/sample-statefulset nginx-container=nginx:1.13
rollout status sts/sample-statefulset
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
patch sts sample-statefulset -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}'
explain sts/sample-statefulset
rollout status sts/sample-statefulset

# ordered shutdown: highest ordinal first; the disks stay
delete sts sample-statefulset --wait=false
get po -w
get pvc
