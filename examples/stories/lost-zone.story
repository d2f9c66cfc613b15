# One zone of three is lost: what waits, what goes on, and what it takes to go on without it.
option nodes a1 a2 b1 b2 c1 c2
label no a1 a2 topology.kubernetes.io/zone=a
label no b1 b2 topology.kubernetes.io/zone=b
label no c1 c2 topology.kubernetes.io/zone=c
apply -f ../manifests/ring.yaml
rollout status sts/ring
get po -o wide

# no power in zone b
fail node b1 power
fail node b2 power
advance 1m
get no -L topology.kubernetes.io/zone
get po
get pdb
advance 6m
# both pods are asked to go, and neither is replaced: nobody can know from here that the machines are off
get po -o wide
explain sts/ring

# a pod in another zone heals all the same
delete pod ring-0
wait --for=condition=Ready pod/ring-0 --timeout=30s
# but nothing is rolled out while two are missing, and the budget has nothing to spare for a drain
set image sts/ring member=ring:2
advance 30s
explain sts/ring
! drain a1 --timeout=12s
uncordon a1

# somebody looks, and vouches for the machines: their pods come up elsewhere, each with the disk it had
fence node b1
fence node b2
rollout status sts/ring
get po -o wide
get pdb

# the zone comes back, and nothing moves
restore node b1
restore node b2
advance 30s
get no
get po -o wide
timeline --since 2m
