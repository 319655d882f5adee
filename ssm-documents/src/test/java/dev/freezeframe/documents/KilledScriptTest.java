package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * A script that is killed with -9 at any of its steps leaves nothing frozen and nothing locked.
 *
 * <p>{@code -Dfreezeframe.killPoints=all} tries every step; otherwise some are left out where they
 * take long.
 */
class KilledScriptTest {

  private static final int MORE_THAN_THERE_ARE = 400;

  private static int stride(int usual) {
    return "all".equals(System.getProperty("freezeframe.killPoints")) ? 1 : usual;
  }

  @Test
  void aPreScriptOfFilesystemMayDieAnywhere() {
    try (Volume first = new Volume("ext4");
        Volume second = new Volume("ext4")) {
      int points =
          killPreScripts(
              1, () -> filesystems(first, second), () -> first.frozen() || second.frozen());
      assertThat(points).isGreaterThan(15);
    }
  }

  @Test
  void aPostScriptOfFilesystemMayDieAnywhere() {
    try (Volume first = new Volume("ext4");
        Volume second = new Volume("ext4")) {
      int point = 1 - stride(2);
      boolean killed = true;
      while (killed) {
        point += stride(2);
        assertThat(point).isLessThan(MORE_THAN_THERE_ARE);
        String execution = Guest.newExecution();
        try (Guest whole = filesystems(first, second).with("autoThawSeconds", "4");
            Guest dying = KillPoints.at(point, filesystems(first, second))) {
          Answer pre = whole.pre(execution);
          if (pre.exitCode() == 201) {
            point -= stride(2); // the machine was too busy to freeze in time: once more
            continue;
          }
          assertThat(pre.exitCode()).as(pre.output()).isZero();
          killed = KillPoints.killed(dying.post(execution));
          if (point % 4 == 1) {
            Shell.await("all is thawed", () -> !first.frozen() && !second.frozen());
          }
          assertThat(whole.post(execution).exitCode()).isIn(0, 203, 205);
          assertThat(first.frozen() || second.frozen()).isFalse();
        }
      }
      assertSwept(() -> filesystems(first, second));
      assertThat(point).isGreaterThan(8);
    }
  }

  @Test
  void aPreScriptOfMysqlMayDieAnywhere() {
    try (MariaDb server = new MariaDb();
        SqlWriter writer = new SqlWriter(server)) {
      int points =
          killPreScripts(
              stride(6),
              server::guest,
              () -> {
                writer.acknowledged().awaitNext();
                return !server.atEase() || server.volume().frozen();
              });
      assertThat(writer.complaint()).isEmpty();
      assertThat(points).isGreaterThan(15);
    }
  }

  private static Guest filesystems(Volume first, Volume second) {
    return new Guest(SsmDocument.FILESYSTEM)
        .with("mountPoints", first.path() + "," + second.path());
  }

  private static int killPreScripts(
      int stride, Supplier<Guest> guests, java.util.function.BooleanSupplier held) {
    boolean killed = true;
    int point = 1;
    for (; killed; point += stride) {
      assertThat(point).isLessThan(MORE_THAN_THERE_ARE);
      String execution = Guest.newExecution();
      try (Guest dying = KillPoints.at(point, guests.get().with("autoThawSeconds", "5"));
          Guest whole = guests.get().with("autoThawSeconds", "5")) {
        Answer pre = dying.pre(execution);
        killed = KillPoints.killed(pre);
        Shell.await("nothing is held after " + point, () -> !held.getAsBoolean());
        Shell.await("the end is told", () -> ended(whole.post(execution)));
      }
    }
    assertSwept(guests);
    return point - stride;
  }

  private static boolean ended(Answer answer) {
    return answer.exitCode() == 203 || answer.exitCode() == 205 || answer.exitCode() == 0;
  }

  /** What a dead script could not remove, the next run does. */
  private static void assertSwept(Supplier<Guest> guests) {
    String execution = Guest.newExecution();
    try (Guest guest = guests.get()) {
      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isZero();
      assertThat(Guest.leftovers()).isEmpty();
    }
  }
}
