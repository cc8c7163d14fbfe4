"""What a cluster would say of rendered objects, asked before one is there to say it.

Pure: takes objects as plain values, as they stand in YAML; hands on findings. `pod_security`,
`rights` and `quota` judge as admission does; `reference` finds what API servers accept and nobody
meant; `service` finds services that policies leave closed; `project` judges as Argo CD does;
`schedule` tells on which nodes replicas come to stand, and `capacity` whether there is room.
"""
