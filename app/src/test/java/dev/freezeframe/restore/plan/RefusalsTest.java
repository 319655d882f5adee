package dev.freezeframe.restore.plan;

import static dev.freezeframe.restore.plan.RestoreCase.attached;
import static dev.freezeframe.restore.plan.RestoreCase.vol;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.Adoption;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.plan.RestoreCase.M;
import dev.freezeframe.restore.view.AttachmentLimit;
import dev.freezeframe.restore.view.LaunchView;
import dev.freezeframe.restore.view.TargetView.StopView;
import dev.freezeframe.snapshot.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalsTest {
  private static final RestoreId RESTORE = new RestoreId("restore-20261128T153000Z-1a2b3c4d");

  /**
   * A row of a table: what is changed in a case that is planned, and the only reason that follows.
   */
  private record Row(String what, Destination to, Consumer<RestoreCase> change, String reason) {
    @Override
    public String toString() {
      return "%s (%s)".formatted(what, to.word());
    }
  }

  private static Row row(String what, Destination to, Consumer<RestoreCase> change, String reason) {
    return new Row(what, to, change, reason);
  }

  private static Stream<Row> sets() {
    return Stream.of(
        row(
            "a set that the ledger does not know",
            Destination.VOLUMES,
            one -> one.members.clear(),
            "is not in the ledger among those of i-0aaa0000000000001"),
        row(
            "a set of another instance",
            Destination.VOLUMES,
            one ->
                one.members.forEach(
                    member -> {
                      member.instance = RestoreCase.OTHER;
                      member.description =
                          Ownership.description(RestoreCase.RUN, RestoreCase.OTHER);
                    }),
            "is of i-0bbb0000000000002, expected one of i-0aaa0000000000001"),
        row(
            "a member that EC2 does not have",
            Destination.VOLUMES,
            one -> one.second().inEc2 = false,
            "snap-00000000000000002 of vol-00000000000000002 is missing: EC2 has no such snapshot"),
        row(
            "a member that retention deleted",
            Destination.VOLUMES,
            one -> {
              one.second().inEc2 = false;
              one.second().deletion =
                  Optional.of(new Deletion("age", "7 days", "run", RestoreCase.AT, true));
            },
            "is missing: retention deleted it at 2026-11-28T02:00:00Z (7 days)"),
        row(
            "a member in the Recycle Bin",
            Destination.VOLUMES,
            one -> {
              one.second().inEc2 = false;
              one.second().inBin = true;
            },
            "it is in the Recycle Bin; aws ec2 restore-snapshot-from-recycle-bin"),
        row(
            "a member without a row",
            Destination.VOLUMES,
            one -> one.second().row = false,
            "is in EC2, and not in the ledger any more"),
        row(
            "a member that is being deleted",
            Destination.VOLUMES,
            one ->
                one.second().deleting =
                    Optional.of(new Deletion("age", "7 days", "run", RestoreCase.AT, true)),
            "snap-00000000000000002 of vol-00000000000000002 is being deleted by retention"),
        row(
            "fewer members than it was taken with",
            Destination.VOLUMES,
            one -> one.size = OptionalInt.of(3),
            "is not whole: it was taken with 3 snapshots, the ledger knows 2"),
        row(
            "a member of another volume",
            Destination.VOLUMES,
            one -> one.second().liveVolume = vol(77),
            "snap-00000000000000002 is foreign: EC2 says that it was taken of vol-0000000000000004d"),
        row(
            "a copy, of which EC2 names no volume",
            Destination.VOLUMES,
            one -> one.second().liveVolume = new VolumeId("vol-ffffffff"),
            "is foreign: EC2 says that it was taken of vol-ffffffff"),
        row(
            "a member with our tags on a snapshot of others",
            Destination.VOLUMES,
            one -> one.second().description = "made by hand",
            "is foreign: its description is not that of our backup"),
        row(
            "a member that is still pending",
            Destination.VOLUMES,
            one -> one.second().state = "pending",
            "is pending, expected completed"),
        row(
            "a member that failed",
            Destination.VOLUMES,
            one -> {
              one.second().state = "error";
              one.second().message = Optional.of("Given key ID\nis not accessible");
            },
            "is error, expected completed: Given key ID is not accessible"),
        row(
            "a member in the archive",
            Destination.VOLUMES,
            one -> one.second().archived = true,
            "is archived; aws ec2 restore-snapshot-tier"),
        row(
            "a member of another time",
            Destination.VOLUMES,
            one -> one.second().startTime = RestoreCase.AT.plusSeconds(1),
            "was taken at 2026-11-28T02:00:01Z, expected 2026-11-28T02:00:00Z"),
        row(
            "a set that is not judged",
            Destination.VOLUMES,
            one -> one.verdict = Optional.empty(),
            "is not judged yet; --accept UNKNOWN"),
        row(
            "a set that is UNKNOWN",
            Destination.VOLUMES,
            one -> one.verdict = Optional.of(Consistency.UNKNOWN),
            "is UNKNOWN: because; --accept UNKNOWN"),
        row(
            "a set that is CRASH, of which UNKNOWN is accepted",
            Destination.VOLUMES,
            one -> {
              one.verdict = Optional.of(Consistency.CRASH);
              one.accept.add(Consistency.UNKNOWN);
            },
            "is CRASH: because; --accept CRASH"));
  }

  private static Stream<Row> requests() {
    return Stream.of(
        row(
            "no instance to attach to",
            Destination.INSTANCE,
            one -> {
              one.target = Optional.empty();
              one.targetThere = false;
            },
            "--to instance names no instance, expected instance=i-..."),
        row(
            "an instance that nothing is attached to",
            Destination.VOLUMES,
            one -> one.target = Optional.of(RestoreCase.OTHER),
            "is named for --to volumes, expected an instance for --to instance alone"),
        row(
            "a volume to leave where none is detached",
            Destination.VOLUMES,
            one -> one.leave.add(vol(5)),
            "--leave is vol-00000000000000005, expected it for --to in-place alone"),
        row(
            "a name where nothing is launched",
            Destination.VOLUMES,
            one -> one.name = Optional.of("web2"),
            "--name is given, expected it for --to new alone"),
        row(
            "a name that is longer than a tag",
            Destination.NEW,
            one -> one.name = Optional.of("n".repeat(257)),
            "--name has 257 characters, expected 256 at most"),
        row(
            "another zone than the target's",
            Destination.INSTANCE,
            one -> one.zone = Optional.of("eu-central-1b"),
            "--zone is eu-central-1b, expected eu-central-1a, where i-0bbb0000000000002 is"),
        row(
            "no zone on record",
            Destination.VOLUMES,
            one -> {
              one.facts = false;
              one.originalsThere = false;
            },
            "the zone of the old volumes is not on record, expected --zone"),
        row(
            "rates beyond those of a Region",
            Destination.VOLUMES,
            one -> {
              IntStream.rangeClosed(3, 17)
                  .forEach(
                      number ->
                          one.members.add(new M(number, "/dev/xvdb" + (char) ('a' + number))));
              one.rate = OptionalInt.of(300);
            },
            "--initialize 300 for 17 volumes is 5,100 MiB/s, expected 5,000 at most, which is EC2's limit in a Region; 294 fits"),
        row(
            "more tags than a volume can have",
            Destination.VOLUMES,
            one -> one.first().tags = tags(49),
            "would have 49 tags and 2 of ours, expected 50 at most; --no-tags KEYS"));
  }

  private static Map<String, String> tags(int number) {
    return IntStream.range(0, number)
        .boxed()
        .collect(Collectors.toMap(i -> "key" + i, i -> "", (a, b) -> a, TreeMap::new));
  }

  private static Stream<Row> targets() {
    return Stream.of(
        row(
            "an instance that is gone",
            Destination.IN_PLACE,
            one -> one.targetThere = false,
            "i-0aaa0000000000001 does not exist any more, expected an instance; --to new"),
        row(
            "an instance that is terminated",
            Destination.IN_PLACE,
            one -> one.state = "terminated",
            "does not exist any more"),
        row(
            "an instance that is stopping",
            Destination.INSTANCE,
            one -> one.state = "stopping",
            "is stopping, expected running or stopped"),
        row(
            "a root of an instance that is stopped",
            Destination.ROOT,
            one -> one.state = "stopped",
            "is stopped, expected running: EC2 replaces the root of a running instance alone"),
        row(
            "an instance that is hibernated",
            Destination.IN_PLACE,
            one -> {
              one.state = "stopped";
              one.hibernated = true;
            },
            "is hibernated: its memory would be resumed on volumes of another time"),
        row(
            "a backup under way",
            Destination.IN_PLACE,
            one -> one.backup = Optional.of("e-1 has frozen it, and no thaw is proved"),
            "a backup of i-0aaa0000000000001 is under way: e-1 has frozen it"),
        row(
            "another restore under way",
            Destination.IN_PLACE,
            one -> one.restore = Optional.of(RESTORE),
            "is being restored by restore-20261128T153000Z-1a2b3c4d; ./freezeframe restore show"),
        row(
            "a volume that is being detached",
            Destination.INSTANCE,
            one ->
                one.attached.add(
                    attached(vol(8), "/dev/sdx", "detaching", List.of(), Optional.empty())),
            "vol-00000000000000008 of i-0bbb0000000000002 is detaching, expected attached"),
        row(
            "a Marketplace root for an instance without the code",
            Destination.INSTANCE,
            one -> {
              one.withRoot();
              one.state = "stopped";
              one.settings =
                  Optional.of(
                      RestoreCase.settings(Optional.of("RunInstances"), List.of("pc-1"), Map.of()));
            },
            "has the Marketplace product code pc-1, expected i-0bbb0000000000002 to have it, found none"),
        row(
            "a Marketplace root for an instance that runs",
            Destination.INSTANCE,
            one -> {
              one.withRoot();
              one.productCodes.add("pc-1");
              one.settings =
                  Optional.of(
                      RestoreCase.settings(Optional.of("RunInstances"), List.of("pc-1"), Map.of()));
            },
            "which EC2 attaches to a stopped instance alone: i-0bbb0000000000002 is running"),
        row(
            "a root beside the one that it was",
            Destination.INSTANCE,
            one -> {
              one.withRoot();
              one.target = Optional.of(RestoreCase.INSTANCE);
            },
            "has one of the same origin: after a restart it may boot the wrong one"),
        row(
            "a root beside another of the same image",
            Destination.INSTANCE,
            one -> {
              one.withRoot();
              one.image = Optional.of("ami-0aaa");
            },
            "has one of the same origin"),
        row(
            "a root beside one that was restored of it",
            Destination.INSTANCE,
            one -> {
              one.withRoot();
              one.attached.set(
                  0,
                  attached(
                      vol(20),
                      "/dev/xvda",
                      "attached",
                      List.of(),
                      Optional.of(
                          RestoreCase.row(
                              RestoreCase.snap(30), vol(9), RestoreCase.INSTANCE, "/dev/xvda"))));
            },
            "has one of the same origin"),
        row(
            "a root of which no image is on record",
            Destination.INSTANCE,
            one -> {
              one.withRoot();
              one.settings = Optional.empty();
            },
            "has one of the same origin"),
        row(
            "more volumes than the type takes",
            Destination.INSTANCE,
            one -> one.limit = Optional.of(new AttachmentLimit(4, true, 1)),
            "i-0bbb0000000000002 would have 3 volumes, expected 2 at most for m5.large"));
  }

  private static Stream<Row> replacements() {
    return Stream.of(
        row(
            "a member of an Auto Scaling group",
            Destination.IN_PLACE,
            one -> one.targetTags.put("aws:autoscaling:groupName", "web\u001b[2J"),
            "belongs to the Auto Scaling group web\\u001b[2J, which would replace it"),
        row(
            "the root of a member of an Auto Scaling group",
            Destination.ROOT,
            one -> one.targetTags.put("aws:autoscaling:groupName", "web"),
            "belongs to the Auto Scaling group web"),
        row(
            "a Spot instance",
            Destination.IN_PLACE,
            one -> one.lifecycle = Optional.of("spot"),
            "is a spot instance, of which nothing says that EC2 starts it again"),
        row(
            "a root on an instance store",
            Destination.IN_PLACE,
            one -> one.rootDeviceType = "instance-store",
            "is instance-store, expected ebs"),
        row(
            "stop protection",
            Destination.IN_PLACE,
            one -> one.stop = new StopView(true, "stop", false, Optional.empty()),
            "stop protection of i-0aaa0000000000001 is on"),
        row(
            "an instance that a shutdown terminates",
            Destination.IN_PLACE,
            one -> one.stop = new StopView(false, "terminate", false, Optional.empty()),
            "the shutdown behaviour of i-0aaa0000000000001 is terminate, expected stop"),
        row(
            "a volume that was added since",
            Destination.IN_PLACE,
            one -> one.attached.add(attached(vol(5), "/dev/sdh")),
            "vol-00000000000000005 (/dev/sdh) is attached to i-0aaa0000000000001, and set"),
        row(
            "a root that was replaced since",
            Destination.IN_PLACE,
            one -> {
              one.withRoot();
              one.attached.set(0, attached(vol(21), "/dev/xvda"));
            },
            "/dev/xvda of i-0aaa0000000000001 is taken by a volume that is not of the set"),
        row(
            "a device that another volume has taken",
            Destination.IN_PLACE,
            one -> {
              one.attached.set(2, attached(vol(5), "/dev/xvdg"));
              one.leave.add(vol(5));
            },
            "/dev/sdg of i-0aaa0000000000001 is taken by a volume that is not of the set"),
        row(
            "a detached volume of which no device is on record",
            Destination.IN_PLACE,
            one -> {
              one.attached.remove(2);
              one.second().device = Optional.empty();
            },
            "the device of vol-00000000000000002 is not on record, and it is not attached"),
        row(
            "a volume that another instance has as well",
            Destination.IN_PLACE,
            one ->
                one.attached.set(
                    2,
                    attached(
                        vol(2),
                        "/dev/sdg",
                        "attached",
                        List.of(RestoreCase.OTHER),
                        Optional.empty())),
            "vol-00000000000000002 is attached to i-0bbb0000000000002 as well as to"),
        row(
            "a volume of the set that is to be left",
            Destination.IN_PLACE,
            one -> one.leave.add(vol(1)),
            "--leave is vol-00000000000000001, expected no volume of the set"),
        row(
            "a volume to leave that is not attached",
            Destination.IN_PLACE,
            one -> one.leave.add(vol(6)),
            "--leave is vol-00000000000000006, expected a volume that is attached to"),
        row(
            "a set without a root",
            Destination.ROOT,
            one -> {
              one.members.remove(2);
              one.size = OptionalInt.of(2);
            },
            "has no root volume: its policy leaves it out"),
        row(
            "an instance without a root volume",
            Destination.ROOT,
            one -> one.attached.clear(),
            "i-0aaa0000000000001 has no root volume attached, expected one"));
  }

  private static Stream<Row> launches() {
    return Stream.of(
        row(
            "no settings on record",
            Destination.NEW,
            one -> one.settings = Optional.empty(),
            "how i-0aaa0000000000001 was set is not on record"),
        row(
            "an image that is gone, and no root",
            Destination.NEW,
            one -> one.launchImage = Optional.empty(),
            "the image ami-0aaa is gone, and set"),
        row(
            "an image that is disabled",
            Destination.NEW,
            one ->
                one.launchImage =
                    Optional.of(new LaunchView.Image("disabled", Optional.empty(), List.of())),
            "the image ami-0aaa is disabled"),
        row(
            "a root with a Marketplace product",
            Destination.NEW,
            one -> {
              one.withRoot();
              one.settings =
                  Optional.of(
                      RestoreCase.settings(Optional.of("RunInstances"), List.of("pc-1"), Map.of()));
            },
            "would lose the Marketplace product code pc-1; launch an instance of its image ami-0aaa"),
        row(
            "a root with a licence",
            Destination.NEW,
            one -> {
              one.withRoot();
              one.settings =
                  Optional.of(
                      RestoreCase.settings(Optional.of("RunInstances:0010"), List.of(), Map.of()));
            },
            "an image made of the root would lose its licence, Linux/UNIX (RunInstances:0010)"),
        row(
            "a root of which no licence is on record",
            Destination.NEW,
            one -> {
              one.withRoot();
              one.settings =
                  Optional.of(RestoreCase.settings(Optional.empty(), List.of(), Map.of()));
            },
            "the licence of i-0aaa0000000000001 is not on record"),
        row(
            "a type that the zone does not have",
            Destination.NEW,
            one -> one.offered = false,
            "the instance type m5.large is not offered in eu-central-1a"),
        row(
            "a subnet that is gone",
            Destination.NEW,
            one -> one.subnetZone = Optional.empty(),
            "the subnet subnet-1 is gone"),
        row(
            "another zone than the subnet's",
            Destination.NEW,
            one -> one.zone = Optional.of("eu-central-1b"),
            "--zone is eu-central-1b, expected eu-central-1a, where the subnet subnet-1 is"),
        row(
            "a security group that is gone",
            Destination.NEW,
            one -> one.missingGroups.add("sg-1"),
            "the security group sg-1 is gone"),
        row(
            "a key pair that is gone",
            Destination.NEW,
            one -> one.keyPairMissing = true,
            "the key pair ops is gone; import a public key under that name"),
        row(
            "more volumes than a new instance takes",
            Destination.NEW,
            one -> one.limit = Optional.of(new AttachmentLimit(2, false, 0)),
            "the new instance would have 3 volumes, expected 2 at most for m5.large"),
        row(
            "more tags than an instance can have",
            Destination.NEW,
            one -> one.settings = Optional.of(RestoreCase.settings(tags(48))),
            "the new instance would have 49 tags and 2 of ours"));
  }

  @ParameterizedTest(name = "{0} is refused")
  @MethodSource({"sets", "requests", "targets", "replacements", "launches"})
  void oneThingIsRefusedForOneReason(Row row) {
    RestoreCase one = RestoreCase.to(row.to());
    row.change().accept(one);
    assertThat(reasons(one)).singleElement().asString().contains(row.reason());
  }

  private static List<String> reasons(RestoreCase one) {
    Planned planned = one.plan();
    assertThat(planned).isInstanceOf(Planned.Refused.class);
    return ((Planned.Refused) planned).reasons();
  }

  @ParameterizedTest
  @EnumSource
  void withNothingChangedEachDestinationIsPlanned(Destination to) {
    assertThat(RestoreCase.to(to).plan()).isInstanceOf(Planned.Plan.class);
  }

  @Test
  void everyReasonIsNamedAtOnce() {
    RestoreCase one = RestoreCase.to(Destination.IN_PLACE);
    one.first().state = "pending";
    one.second().archived = true;
    one.lifecycle = Optional.of("spot");
    assertThat(reasons(one)).hasSize(3);
  }

  @Test
  void whatIsMissingOfTheSettingsIsNamed() {
    RestoreCase one = RestoreCase.to(Destination.NEW);
    one.settings = Optional.of(InstanceSettings.unknown());
    one.offered = false;
    one.subnetZone = Optional.empty();
    assertThat(reasons(one))
        .anySatisfy(reason -> assertThat(reason).startsWith("the instance type of i-0aaa"))
        .anySatisfy(reason -> assertThat(reason).startsWith("the subnet of i-0aaa"))
        .anySatisfy(reason -> assertThat(reason).startsWith("the image of i-0aaa"));
  }

  @Test
  void anAdoptedSetIsOursByItsRowAlone() {
    RestoreCase one = RestoreCase.to(Destination.VOLUMES);
    one.members.forEach(
        member -> {
          member.description = "taken by another tool";
          member.adoption = Optional.of(new Adoption(RestoreCase.AT, "its volume"));
        });
    assertThat(one.plan()).isInstanceOf(Planned.Plan.class);
  }
}
