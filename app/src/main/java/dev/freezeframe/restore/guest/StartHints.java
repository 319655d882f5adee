package dev.freezeframe.restore.guest;

import dev.freezeframe.restore.guest.GuestHint.Topic;
import java.util.List;

/**
 * What to know of a system that starts from what was restored. Source: cloud-init's documentation.
 */
final class StartHints {

  static final GuestHint OLD_ROOT =
      new GuestHint(
          Topic.OLD_ROOT,
          "",
          "The instance reboots from the root of then, and keeps its data volumes of now: look"
              + " whether packages, /etc/fstab and data directories of the two fit together.",
          List.of(),
          List.of());

  static final GuestHint CLOUD_INIT =
      new GuestHint(
          Topic.CLOUD_INIT,
          "cloud-init",
          "It takes the new instance for one that it has not seen: it makes host keys and the default"
              + " user anew, and runs user data, which a set does not hold. Those who connect are"
              + " told of another host key.",
          List.of("cloud-init status --long"),
          List.of());

  static final GuestHint PRODUCTION =
      new GuestHint(
          Topic.PRODUCTION,
          "",
          "A copy of production that starts sends mail, runs jobs and joins clusters, under the name"
              + " of the original. Where that still runs, launch the copy in a subnet without a way"
              + " out. Give it the tags of your policies when it takes over: it is not backed up"
              + " before.",
          List.of(),
          List.of());

  private StartHints() {}
}
