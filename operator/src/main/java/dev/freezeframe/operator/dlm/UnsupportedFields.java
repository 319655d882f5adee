package dev.freezeframe.operator.dlm;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a schedule of DLM does with its snapshots afterwards, and nothing here does. */
final class UnsupportedFields {
  private UnsupportedFields() {}

  static void note(DlmObject schedule, List<String> notes) {
    for (DlmObject copy : schedule.objects("CrossRegionCopyRules")) {
      String target = copy.text("Target").or(() -> copy.text("TargetRegion")).orElse("a Region");
      copy.ignore("TargetRegion", "Encrypted", "CmkArn", "CopyTags", "RetainRule", "DeprecateRule");
      notes.add("CrossRegionCopyRules: nothing is copied to %s".formatted(target));
    }
    for (DlmObject share : schedule.objects("ShareRules")) {
      String accounts = String.join(", ", share.texts("TargetAccounts"));
      share.ignore("UnshareInterval", "UnshareIntervalUnit");
      notes.add(
          ("ShareRules: nothing is shared with %s; what others share is kept only where"
                  + " retention.keepShared is true")
              .formatted(accounts));
    }
    if (schedule.has("FastRestoreRule")) {
      DlmObject fast = schedule.object("FastRestoreRule");
      notes.add(
          "FastRestoreRule: fast snapshot restore is not switched on in %s"
              .formatted(
                  Stream.concat(
                          fast.texts("AvailabilityZones").stream(),
                          fast.texts("AvailabilityZoneIds").stream())
                      .collect(Collectors.joining(", "))));
      fast.ignore("Count", "Interval", "IntervalUnit");
    }
  }
}
