# A budget that blocks a drain for ever, and who says so.
apply -f ../manifests/sample.yaml
apply -f ../manifests/sample-pdb.yaml
rollout status sts/sample-statefulset
get pdb
get po -o wide

# Without a limit a drain tries as long as anything may still happen.
! drain node-2
# The budget says that it asks for as many pods as there are…
describe pdb sample
# …the planner says which pod it would move and which budget it waits for…
explain sts/sample-statefulset
get no

# …and goes on by itself as soon as there is one more pod: the node is still to be emptied.
scale sts sample-statefulset --replicas=4
settle
get po -o wide
get pdb
explain sts/sample-statefulset
drain node-2
uncordon node-2

# With Kubernetes' own profile kubectl alone knows of the drain: see s3-takeover-upstream.story.

# Other things that a drain will not touch unasked.
apply -f ../manifests/strays.yaml
settle
get po -n strays -o wide
! drain node-1
drain node-1 --ignore-daemonsets --force --delete-emptydir-data
get po -n strays
