"""The same queue in SimPy, as its users write it: one process a call, a Resource for the agents, patience as a timeout.

  python3 simpy_queue.py AGENTS CALLS_PER_SECOND CALLS    prints nanoseconds per call, share abandoned, mean wait
"""
import random
import sys
import time

import simpy

agents, rate, calls = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
draw = random.Random(1).expovariate
abandoned = 0
waited = 0.0


def call(env, team):
    global abandoned, waited
    arrived = env.now
    with team.request() as request:
        outcome = yield request | env.timeout(draw(1 / 180))
        waited += env.now - arrived
        if request in outcome:
            yield env.timeout(draw(1 / 240))
        else:
            abandoned += 1


def source(env, team):
    for _ in range(calls):
        yield env.timeout(draw(rate))
        env.process(call(env, team))


env = simpy.Environment()
began = time.perf_counter()
env.process(source(env, simpy.Resource(env, capacity=agents)))
env.run()
print(f"{(time.perf_counter() - began) / calls * 1e9:.0f} {abandoned / calls:.6f} {waited / calls:.4f}")
