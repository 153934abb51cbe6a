package dev.regardless.machine;

/** The four strengths of the kernel's atomic_t operations (Linux Documentation/atomic_t.txt, "ORDERING"). */
public enum Ordering {
  RELAXED, ACQUIRE, RELEASE, FULL
}
