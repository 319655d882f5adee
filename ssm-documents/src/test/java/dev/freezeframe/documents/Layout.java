package dev.freezeframe.documents;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * File systems on disks and on each other, and what befalls them, drawn from a seed.
 *
 * @param disks each on the machine's own disk or in a file of one before it
 * @param auto whether the plan is {@code auto}; else they are named, in {@code order}
 * @param fault what happens
 * @param victim the disk that it happens to
 * @param delay milliseconds from the start of the pre-script, where it happens during that
 */
record Layout(
    long seed,
    List<Disk> disks,
    boolean auto,
    List<Integer> order,
    Fault fault,
    int victim,
    int delay) {

  /**
   * A file system.
   *
   * @param carrier the place of the one in whose file it is; -1: none
   * @param bound whether it is bound elsewhere as well, after all are mounted
   * @param mapped whether another device lies between it and its disk
   */
  record Disk(String type, int carrier, boolean bound, boolean mapped) {}

  /** What can happen to a freeze. */
  enum Fault {
    NONE,
    NO_POST_SCRIPT,
    HANG,
    KILL_PRE_SCRIPT,
    KILL_POST_SCRIPT,
    KILL_TIMER,
    KILL_TIMER_AND_SPARE,
    STOP_TIMER,
    REMOUNT,
    LAZY_UNMOUNT,
    RENAME,
    REMOVE_STATE
  }

  static Layout of(long seed) {
    Random random = new Random(seed);
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    List<Disk> disks = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String type = random.nextBoolean() ? "ext4" : "xfs";
      disks.add(
          new Disk(
              type, random.nextInt(i + 1) - 1, random.nextInt(3) == 0, random.nextInt(3) == 0));
      order.add(i);
    }
    Collections.shuffle(order, random);
    boolean auto = fault != Fault.HANG && random.nextBoolean();
    return new Layout(seed, disks, auto, order, fault, random.nextInt(count), random.nextInt(900));
  }

  /** Whether a disk stands, at whatever depth, on the one that hangs. */
  boolean standsOnVictim(int disk) {
    return disk == victim
        || (disks.get(disk).carrier() >= 0 && standsOnVictim(disks.get(disk).carrier()));
  }
}
