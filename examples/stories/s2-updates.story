# S2, third part: the update strategies.

# S2.5 OnDelete: nothing restarts; a pod deleted by hand comes back new, the others stay old
apply -f ../manifests/sample-ondelete.yaml
settle
set image sts/sample-statefulset nginx-container=nginx:1.13
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image,AGE:.metadata.creationTimestamp
delete pod sample-statefulset-1
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image,AGE:.metadata.creationTimestamp

# S2.6 RollingUpdate: from the highest ordinal down, one at a time, each waits until ready
patch sts sample-statefulset -p '{"spec":{"updateStrategy":{"type":"RollingUpdate"}}}'
settle
set image sts/sample-statefulset nginx-container=nginx:1.14
get po --watch
rollout status sts/sample-statefulset

# S2.7 with a partition only ordinal 2 changes; what is lost below it comes back old
patch sts sample-statefulset -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":2}}}}'
set image sts/sample-statefulset nginx-container=nginx:1.15
rollout status sts/sample-statefulset
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
delete pod sample-statefulset-0
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
explain sts/sample-statefulset
# partition 0 finishes the rollout
patch sts sample-statefulset -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}'
rollout status sts/sample-statefulset
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image

# and back again
rollout history sts/sample-statefulset
rollout undo sts/sample-statefulset
rollout status sts/sample-statefulset
rollout history sts/sample-statefulset
get controllerrevisions
rollout restart sts/sample-statefulset
rollout status sts/sample-statefulset
delete -f ../manifests/sample-ondelete.yaml

# the second manifest has its partition from the start
apply -f ../manifests/sample-rollingupdate.yaml
settle
set image sts/sample-statefulset-rollingupdate nginx-container=nginx:1.13
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
