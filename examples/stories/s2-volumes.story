# S2, first part: a set without volumes, then with some.
option provisioner none

# S2.1 nothing can start without a volume; the plan names the claim it waits for
apply -f ../manifests/sample.yaml
settle
get sts,po,pvc
describe pod sample-statefulset-0
describe pvc www-sample-statefulset-0
explain sts/sample-statefulset
plan sts/sample-statefulset

# S2.2 three volumes made by hand: 0, 1, 2 proceed in that order
apply -f ../manifests/disks.yaml
settle
get po,pvc
get pv
events

# S2.10 reclaim policy Delete, but nobody can delete a volume made by hand: it fails
delete sts sample-statefulset
delete pvc www-sample-statefulset-0 www-sample-statefulset-1 www-sample-statefulset-2
settle
get pv
