# A bad image wedges an OrderedReady rollout. What the planner says, and how it is mended.
apply -f ../manifests/sample.yaml
settle
break image nginx:1.99
set image sts/sample-statefulset nginx-container=nginx:1.99
settle
get po
explain sts/sample-statefulset
# going back is not enough: OrderedReady never replaces a pod that is not ready (kubernetes#67250)
rollout undo sts/sample-statefulset
settle
get po
explain sts/sample-statefulset
# the pod has to be deleted by hand
delete pod sample-statefulset-2
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
explain sts/sample-statefulset

# An image that is mended needs no hand: the kubelet tries again.
set image sts/sample-statefulset nginx-container=nginx:1.99
advance 2m
get po
mend image nginx:1.99
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
