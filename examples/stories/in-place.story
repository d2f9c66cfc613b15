# Pods that are changed where they run: they keep their node, their address and what their other containers have in memory.
option policies annotations
apply -f ../manifests/database.yaml
annotate sts/db statefulset.dev/policies='{"inPlace": "Only"}'
settle
get po -o custom-columns=NAME:.metadata.name,IP:.status.podIP,IMAGE:.spec.containers[0].image,RESTARTS:.status.containerStatuses[0].restartCount

# another image: each container starts again, one after the other, and no pod goes
set image sts/db db=db:2
settle
get po -o custom-columns=NAME:.metadata.name,IP:.status.podIP,IMAGE:.spec.containers[0].image,RESTARTS:.status.containerStatuses[0].restartCount

# one that cannot be had: the first pod stops, and the rollout with it
break image db:3
set image sts/db db=db:3
advance 5m
explain sts/db

# going back is enough, although OrderedReady waits for that pod: nobody has to delete it
rollout undo sts/db
settle
get po -o custom-columns=NAME:.metadata.name,IP:.status.podIP,IMAGE:.spec.containers[0].image,RESTARTS:.status.containerStatuses[0].restartCount
explain sts/db

# other labels disturb nobody: all pods get them at once
patch sts db --type=merge -p '{"spec":{"template":{"metadata":{"labels":{"tier":"data"}}}}}'
settle
get po -L tier -o wide

# what no running pod can be given waits, and says so
patch sts db --type=merge -p '{"spec":{"template":{"spec":{"priority":0,"dnsPolicy":"Default"}}}}'
advance 1m
explain sts/db
