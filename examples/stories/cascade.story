# Unusual ways to delete: orphan, foreground, force.
apply -f ../manifests/sample.yaml
settle

# Orphan: the pods stay, and a set of the same name takes them over without a restart.
get po -o custom-columns=NAME:.metadata.name,UID:.metadata.uid
delete sts sample-statefulset --cascade=orphan
get sts,po,controllerrevisions
apply -f ../manifests/sample.yaml
settle
get po -o custom-columns=NAME:.metadata.name,UID:.metadata.uid
get sts,controllerrevisions

# Foreground: the pods go first, the set last. The planner does not make again what is being collected.
delete sts sample-statefulset --cascade=foreground
settle
get sts,po,controllerrevisions

# By force: the object is gone at once, the successor comes when the planner sees that.
apply -f ../manifests/sample.yaml
settle
delete pod sample-statefulset-2 --force --grace-period=0
settle
get po
