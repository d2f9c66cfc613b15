# What becomes of claims: all four combinations of whenDeleted and whenScaled.

# Retain, Retain: nothing is lost
apply -n a -f ../manifests/retention-deleted-retain-scaled-retain.yaml
settle
scale sts sample-statefulset --replicas=1 -n a
settle
get pvc -n a
delete sts sample-statefulset -n a
settle
get pvc -n a

# whenScaled Delete: the claims of the pods that left go; the others outlive the set
apply -n b -f ../manifests/retention-deleted-retain-scaled-delete.yaml
settle
scale sts sample-statefulset --replicas=1 -n b
settle
get pvc -n b
delete sts sample-statefulset -n b
settle
get pvc -n b

# whenDeleted Delete: scaling in keeps them, deleting the set does not
apply -n c -f ../manifests/retention-deleted-delete-scaled-retain.yaml
settle
scale sts sample-statefulset --replicas=1 -n c
settle
get pvc -n c
delete sts sample-statefulset -n c
settle
get pvc -n c

# Delete, Delete: neither
apply -n d -f ../manifests/retention-deleted-delete-scaled-delete.yaml
settle
scale sts sample-statefulset --replicas=1 -n d
settle
get pvc -n d
delete sts sample-statefulset -n d
settle
get pvc -n d
get pv
