print("netlab-media")
