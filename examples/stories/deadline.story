# A rollout takes its time, and does not go on for ever: five minutes between two pods, and ten for each to come up.
option policies annotations
apply -f ../manifests/database.yaml
annotate sts/db statefulset.dev/policies='{"paceSeconds": 300, "deadline": {"afterSeconds": 600, "then": "Suggest"}}'
settle

# a good rollout: each pod waits until five minutes after the one before
set image sts/db db=db:2
advance 1m
explain sts/db
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image

# a bad one: its first pod does not start, and after ten minutes the set says so and where to go back to
break image db:3
set image sts/db db=db:3
advance 20m
get po
explain sts/db
get sts db -o custom-columns='PROGRESSING:.status.conditions[?(@.type=="Progressing")].reason'

# back to the last good revision; OrderedReady leaves the broken pod to a person
rollout undo sts/db
delete po db-2
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
explain sts/db
get sts db -o custom-columns='PROGRESSING:.status.conditions[?(@.type=="Progressing")].reason'
