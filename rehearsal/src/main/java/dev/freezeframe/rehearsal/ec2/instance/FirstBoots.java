package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.volume.Volumes;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the operating systems of launched instances do by themselves: the script in their user data
 * runs once they have booted, and may shut them down from within.
 */
public final class FirstBoots {
  /** From {@code running} to the script in the user data: assumed. */
  private static final Duration MIN_BOOT = Duration.ofSeconds(10);

  private static final Duration MAX_BOOT = Duration.ofSeconds(60);

  private final VirtualTime time;
  private final Seed seed;
  private final InstanceStates states;
  private final Volumes volumes;
  private final Map<String, Boot> boots = new HashMap<>();

  public FirstBoots(VirtualTime time, Seed seed, InstanceStates states, Volumes volumes) {
    this.time = time;
    this.seed = seed;
    this.states = states;
    this.volumes = volumes;
    states.whenRunning(this::runs);
    states.whenGone(this::gone);
  }

  /** An instance that has not booted yet, or has. */
  private static final class Boot {
    private final UserData userData;
    private final boolean hangs;
    private final boolean hasAgent;
    private boolean ran;

    /** Whether what the script laid into /run is there: a restart empties it. */
    private boolean laid;

    private VirtualTime.Timer next;

    private Boot(UserData userData, boolean hangs, boolean hasAgent) {
      this.userData = userData;
      this.hangs = hangs;
      this.hasAgent = hasAgent;
    }
  }

  /**
   * An instance is launched.
   *
   * @param hangs whether its operating system never comes up
   * @param hasAgent whether its agent ever says a word
   */
  void launched(String id, UserData userData, boolean hangs, boolean hasAgent) {
    boots.put(id, new Boot(userData, hangs, hasAgent));
  }

  /** Whether its agent would come up; of an instance that was not launched here, yes. */
  public boolean bringsAgentUp(String id) {
    Boot boot = boots.get(id);
    return boot == null || (!boot.hangs && boot.hasAgent);
  }

  /** What its user data laid into the file of drills, once it has run; empty: nothing. */
  public Optional<String> proofOfDrill(String id) {
    return Optional.ofNullable(boots.get(id))
        .filter(boot -> boot.laid)
        .flatMap(boot -> boot.userData.proof());
  }

  private void runs(String id) {
    Boot boot = boots.get(id);
    if (boot == null || boot.hangs || boot.ran || boot.userData.equals(UserData.NONE)) {
      return;
    }
    boot.next =
        time.after(
            seed.between("first boot of " + id, MIN_BOOT, MAX_BOOT),
            () -> {
              boot.ran = true;
              boot.laid = true;
              boot.userData
                  .shutdown()
                  .ifPresent(
                      delay ->
                          boot.next =
                              time.after(
                                  delay,
                                  () -> states.shutDownFromWithin(id, volumes::wentWithInstance)));
            });
  }

  /** A script that has not run yet runs at the next boot; a shutdown that is due is forgotten. */
  private void gone(String id) {
    Boot boot = boots.get(id);
    if (boot != null) {
      boot.laid = false;
      Optional.ofNullable(boot.next).ifPresent(VirtualTime.Timer::cancel);
    }
  }
}
