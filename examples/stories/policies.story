# What a StatefulSet cannot do: a member is offline, the leader goes last, and a broken revision mends itself.
option policies annotations
apply -f ../manifests/database.yaml
settle

# member 1 is offline for a while: db-3 stands in, and the disk of db-1 stays
annotate sts/db statefulset.dev/policies='{"excluded": [{"first": 1, "keepClaims": true}]}'
settle
get po,pvc

# db-2 leads: ranks put it last, after db-3 and db-0
label po db-0 db-3 statefulset.dev/rank=0
label po db-2 statefulset.dev/rank=1
annotate sts/db --overwrite statefulset.dev/policies='{"excluded": [{"first": 1, "keepClaims": true}], "ranked": "Tiers", "repair": {"afterSeconds": 30}}'
set image sts/db db=db:2
rollout status sts/db

# a revision that does not start, and 10 s later the next one: Kubernetes would wait for ever (kubernetes#67250)
break image db:3
set image sts/db db=db:3
advance 10s
set image sts/db db=db:4
get po
explain sts/db
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image

# member 1 comes back, with the disk that it had, and its stand-in goes
annotate sts/db --overwrite statefulset.dev/policies='{"ranked": "Tiers", "repair": {"afterSeconds": 30}}'
settle
get po,pvc

# what cannot be understood is refused, and never taken for no wish
! annotate sts/db --overwrite statefulset.dev/policies='{"excluded": [{"first": 3}, {"first": 2, "last": 4}]}'
