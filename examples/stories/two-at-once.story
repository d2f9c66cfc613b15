# Six pods without order, of which two may be unavailable: a rollout takes them in pairs, highest first.
apply -f ../manifests/sample-two-at-once.yaml
settle
set image sts/sample-statefulset nginx-container=nginx:1.13
explain sts/sample-statefulset
get po -w
rollout status sts/sample-statefulset

# Old pods that are broken anyway cost nothing: all of them are replaced at once.
break image nginx:1.14
set image sts/sample-statefulset nginx-container=nginx:1.14
settle
get po
explain sts/sample-statefulset
set image sts/sample-statefulset nginx-container=nginx:1.15
get po -w
get sts
