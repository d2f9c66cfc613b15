# Before a member goes, its data have to move: the set asks, and waits for the answer.
option policies annotations
apply -f ../manifests/database.yaml
annotate sts/db statefulset.dev/policies='{"ask": ["ScaleIn", "Rollout"]}'
settle

# scale-in: db-2 is asked, and stays as long as nobody answers
scale sts/db --replicas=2
advance 5m
get po
explain sts/db

# the wish is taken back: db-2 is told that it stays, and it counts again once it has answered that
scale sts/db --replicas=3
settle
get po db-2 -o custom-columns='QUESTION:.metadata.annotations.statefulset\.dev/prepare'
answer db-2
settle
explain sts/db

# in earnest: the data have moved
scale sts/db --replicas=2
settle
answer db-2
settle
get po,pvc

# a rollout asks one member after the other; db-1 leads, and is held for now
annotate pod db-1 statefulset.dev/hold=Rollout
set image sts/db db=db:2
settle
answer --all
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
annotate pod db-1 statefulset.dev/hold-
settle
answer --all
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image

# one member is replaced because somebody asks for it
annotate pod db-0 statefulset.dev/replace=true
settle
answer --all
settle
get po
