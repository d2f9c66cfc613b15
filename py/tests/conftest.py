from hypothesis import settings

# The same cases every time; a slow machine is no failure.
settings.register_profile("statefulset", derandomize=True, deadline=None)
settings.load_profile("statefulset")
