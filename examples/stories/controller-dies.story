# A controller that dies again and again in the middle of a rollout, and forgets all it knew.
apply -f ../manifests/sample.yaml
rollout status sts/sample-statefulset
get po -o custom-columns=NAME:.metadata.name,UID:.metadata.uid,IMAGE:.spec.containers[0].image
set image sts/sample-statefulset nginx-container=nginx:1.13
crash controller
advance 500ms
get po
explain sts/sample-statefulset
crash controller
advance 1s
crash controller
advance 1s
get po
explain sts/sample-statefulset
crash controller
rollout status sts/sample-statefulset

# each pod was replaced once, and there are two revisions, not more
get po -o custom-columns=NAME:.metadata.name,UID:.metadata.uid,IMAGE:.spec.containers[0].image
get controllerrevisions
events --for sts/sample-statefulset
timeline
