# S2, fourth part: what outlives a container, a pod, a set.
apply -f ../manifests/sample.yaml
settle

# S2.8 a file survives its container and its pod
exec sample-statefulset-0 -- touch /usr/share/nginx/html/sample.html
get po -o custom-columns=NAME:.metadata.name,UID:.metadata.uid
exec sample-statefulset-0 -- kill 1
settle
# the killed container restarts in place: same uid, one restart
get po
get po -o custom-columns=NAME:.metadata.name,UID:.metadata.uid
exec sample-statefulset-0 -- ls /usr/share/nginx/html
# the deleted pod is new: another uid, no restart
delete pod sample-statefulset-0
settle
get po
get po -o custom-columns=NAME:.metadata.name,UID:.metadata.uid
exec sample-statefulset-0 -- ls /usr/share/nginx/html

# S2.9 claims and volumes outlive the set, and are used again
delete sts sample-statefulset
get pvc
get pv
apply -f ../manifests/sample.yaml
settle
get pvc
exec sample-statefulset-0 -- ls /usr/share/nginx/html

# S2.10 when the claims go, volumes with reclaim policy Delete go too
delete sts sample-statefulset
delete pvc www-sample-statefulset-{0..2}
settle
get pvc,pv

# with Retain they stay, Released, and a new claim of the same name does not get them
apply -f ../manifests/class-retain.yaml
patch sc standard -p '{"metadata":{"annotations":{"storageclass.kubernetes.io/is-default-class":"false"}}}'
patch sc keep -p '{"metadata":{"annotations":{"storageclass.kubernetes.io/is-default-class":"true"}}}'
apply -f ../manifests/sample.yaml
settle
exec sample-statefulset-0 -- touch /usr/share/nginx/html/sample.html
delete sts sample-statefulset
delete pvc www-sample-statefulset-{0..2}
settle
get pv
apply -f ../manifests/sample.yaml
settle
get pv
exec sample-statefulset-0 -- ls /usr/share/nginx/html
