package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Kills a document's script with -9 at one step after the other, and looks each time that nothing
 * stays held.
 *
 * <p>{@code -Dfreezeframe.killPoints=all} tries every step; otherwise some are left out where they
 * take long.
 *
 * @param guests a guest with the document, another each time
 * @param held whether anything is frozen or locked
 * @param stride how many steps the usual build goes on at a time
 */
record KillTrial(Supplier<Guest> guests, BooleanSupplier held, int stride) {

  private static final int MORE_THAN_THERE_ARE = 400;

  KillTrial {
    if (stride < 1) {
      throw new IllegalArgumentException("stride is %d, expected 1 or more".formatted(stride));
    }
    stride = "all".equals(System.getProperty("freezeframe.killPoints")) ? 1 : stride;
  }

  /** Kills pre-scripts; gives the number of steps there are, to within the stride. */
  int preScripts() {
    int point = 1;
    for (int tries = 0; ; tries++) {
      assertThat(tries).isLessThan(MORE_THAN_THERE_ARE);
      String execution = Guest.newExecution();
      try (Guest dying = KillPoints.at(point, guest("5"));
          Guest whole = guest("5")) {
        Answer pre = dying.pre(execution);
        awaitRelease("after a pre-script that died at " + point + ":\n" + pre.output());
        Shell.await("the end is told", () -> List.of(0, 203, 205).contains(code(whole, execution)));
        if (pre.exitCode() == 201) {
          continue; // the machine was too busy to freeze in time: once more
        }
        if (!KillPoints.killed(pre)) {
          assertThat(pre.exitCode()).as(pre.output()).isZero();
          break;
        }
      }
      point += stride;
    }
    assertSwept();
    return point;
  }

  /**
   * Kills post-scripts; after most a second one is sent at once, after some the timer has to do it.
   */
  int postScripts() {
    int point = 1;
    for (int tries = 0; ; tries++) {
      assertThat(tries).isLessThan(MORE_THAN_THERE_ARE);
      String execution = Guest.newExecution();
      try (Guest whole = guest("5");
          Guest dying = KillPoints.at(point, guest("5"))) {
        Answer pre = whole.pre(execution);
        if (pre.exitCode() == 201 || KillPoints.killed(pre)) {
          whole.post(execution);
          continue; // the machine was too busy, or the timer overtook it: once more
        }
        assertThat(pre.exitCode()).as(pre.output()).isZero();
        boolean killed = KillPoints.killed(dying.post(execution));
        if (tries % 4 == 0) {
          awaitRelease("after a post-script that died at " + point);
        }
        Answer post = whole.post(execution);
        assertThat(post.exitCode()).as(post.output()).isIn(0, 203, 205);
        awaitRelease("after the second post-script at " + point);
        if (!killed) {
          break;
        }
      }
      point += stride;
    }
    assertSwept();
    return point;
  }

  private Guest guest(String autoThawSeconds) {
    return guests.get().timer(autoThawSeconds);
  }

  private void awaitRelease(String when) {
    Shell.await("nothing is held " + when, () -> !held.getAsBoolean());
  }

  private static int code(Guest guest, String execution) {
    return guest.post(execution).exitCode();
  }

  /** What a dead script could not remove, the next run does. */
  private void assertSwept() {
    String execution = Guest.newExecution();
    try (Guest guest = guest("60")) {
      Shell.await("the next run is let in", () -> guest.pre(execution).exitCode() == 0);
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isZero();
      assertThat(Guest.leftovers()).isEmpty();
    }
  }
}
