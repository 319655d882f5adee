package dev.freezeframe.rehearsal.run;

import static dev.freezeframe.drill.DrillVerdict.FAILED;
import static dev.freezeframe.drill.DrillVerdict.INCONCLUSIVE;
import static dev.freezeframe.drill.DrillVerdict.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.drill.DrillCommand;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillTags;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Drill.Level;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotOrigin.Damage;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.run.DrillTroubles.AbortsOnce;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What befalls the instance of a drill, its document and its set, and what the drill says then. */
class TroubledDrillsTest {
  private static final String KEY =
      "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-4111-8111-111111111111";

  private final DrillScenes scenes = new DrillScenes();

  /** What befalls a drill; drill {@code n} meets the n-th. */
  private enum Trouble {
    NONE(PASSED, "the validation succeeded"),
    NO_ROOM_IN_THE_FIRST_SUBNET(PASSED, "the validation succeeded"),
    NO_ROOM_ANYWHERE(INCONCLUSIVE, "InsufficientInstanceCapacity"),
    ENDED_FOR_WANT_OF_ROOM(INCONCLUSIVE, "InsufficientInstanceCapacity"),
    KEY_DISABLED(FAILED, KEY),
    NO_AGENT(INCONCLUSIVE, "its agent is not online after 15 minutes"),
    BOOT_HANGS(INCONCLUSIVE, "its agent is not online after 15 minutes"),
    DRY_RUN_HANGS(INCONCLUSIVE, "the dry run did not end within"),
    DRY_RUN_LOST(INCONCLUSIVE, "the dry run was not delivered"),
    DRY_RUN_REFUSED(INCONCLUSIVE, "the dry run exited with 211"),
    VALIDATION_HANGS(FAILED, "the validation did not end within"),
    VALIDATION_LOST(INCONCLUSIVE, "the validation was not delivered"),
    GAVE_UP(INCONCLUSIVE, "the validation exited with 201"),
    NOT_ASSEMBLED(FAILED, "the validation exited with 212"),
    NO_DATABASE(FAILED, "the validation exited with 215"),
    NOTHING_TO_CHECK(INCONCLUSIVE, "the validation exited with 217"),
    UNKNOWN_CODE(FAILED, "the validation exited with 1"),
    UNREADABLE(FAILED, "the validation exited with 213"),
    DAMAGED(FAILED, "the validation exited with 214"),
    TERMINATED_BY_HAND(INCONCLUSIVE, ""),
    STOPPED_BY_HAND(INCONCLUSIVE, "");

    private final DrillVerdict verdict;
    private final String words;

    Trouble(DrillVerdict verdict, String words) {
      this.verdict = verdict;
      this.words = words;
    }

    static Trouble of(String instanceId) {
      for (Trouble trouble : values()) {
        if (Fleets.instanceId(trouble.number()).equals(instanceId)) {
          return trouble;
        }
      }
      return NONE;
    }

    /** Of the drill that meets it. */
    int number() {
      return List.of(values()).indexOf(this) + 1;
    }

    boolean byHand() {
      return this == TERMINATED_BY_HAND || this == STOPPED_BY_HAND;
    }
  }

  private static final class Launches implements CallFault {
    private final Set<String> refused = new TreeSet<>();

    @Override
    public void before(String action, boolean changing, Caller caller, String detail) {
      Trouble trouble = Trouble.of(caller.instanceId());
      if (action.equals("ec2:RunInstances")
          && (trouble == Trouble.NO_ROOM_ANYWHERE
              || (trouble == Trouble.NO_ROOM_IN_THE_FIRST_SUBNET
                  && refused.add(caller.execution())))) {
        throw Ec2Refusal.of("InsufficientInstanceCapacity", "not now");
      }
    }
  }

  private static final class Boots implements InstanceFault {
    @Override
    public boolean launchLacksCapacity(String instanceId) {
      return Trouble.of(instanceId) == Trouble.ENDED_FOR_WANT_OF_ROOM;
    }

    @Override
    public boolean findsKeyDisabled(String action, String instanceId) {
      return Trouble.of(instanceId) == Trouble.KEY_DISABLED && action.equals("ec2:RunInstances");
    }

    @Override
    public boolean lacksAgent(String instanceId) {
      return Trouble.of(instanceId) == Trouble.NO_AGENT;
    }

    @Override
    public boolean bootHangs(String instanceId) {
      return Trouble.of(instanceId) == Trouble.BOOT_HANGS;
    }
  }

  private static final class Scripts implements GuestFault {
    @Override
    public ScriptBehavior script(String instanceId, String command) {
      Trouble trouble = Trouble.of(instanceId);
      return switch (command) {
        case "drill-dry-run" ->
            switch (trouble) {
              case DRY_RUN_HANGS -> new ScriptBehavior.Hangs();
              case DRY_RUN_LOST -> new ScriptBehavior.Undelivered(Optional.empty());
              case DRY_RUN_REFUSED -> new ScriptBehavior.Exits(211);
              default -> ScriptBehavior.GOOD;
            };
        case "validate" ->
            switch (trouble) {
              case VALIDATION_HANGS -> new ScriptBehavior.Hangs();
              case VALIDATION_LOST -> new ScriptBehavior.Undelivered(Optional.empty());
              case GAVE_UP -> new ScriptBehavior.Exits(201);
              case NOT_ASSEMBLED -> new ScriptBehavior.Exits(212);
              case NO_DATABASE -> new ScriptBehavior.Exits(215);
              case NOTHING_TO_CHECK -> new ScriptBehavior.Exits(217);
              case UNKNOWN_CODE -> new ScriptBehavior.Exits(1);
              case TERMINATED_BY_HAND, STOPPED_BY_HAND ->
                  new ScriptBehavior.Slow(Duration.ofMinutes(20));
              default -> ScriptBehavior.GOOD;
            };
        default -> ScriptBehavior.GOOD;
      };
    }
  }

  private static SetFault sets() {
    return instanceId ->
        switch (Trouble.of(instanceId)) {
          case UNREADABLE -> SnapshotBehavior.GOOD.with(Damage.UNREADABLE);
          case DAMAGED -> SnapshotBehavior.GOOD.with(Damage.DAMAGED);
          default -> SnapshotBehavior.GOOD;
        };
  }

  private static Fleet encrypted(int instances) {
    Fleet plain = RestoreWorld.fleet(instances, 2);
    return new Fleet(
        plain.instances(),
        plain.volumes().stream()
            .map(volume -> volume.copy(builder -> builder.encrypted(true).kmsKeyId(KEY)))
            .toList());
  }

  /** Somebody ends the instances of some drills while they validate. */
  private void endByHand(EmbeddedCloud cloud) {
    for (DrillRow row : Drilling.all(cloud)) {
      Trouble trouble = Trouble.of(row.order().instance().value());
      if (trouble.byHand()
          && row.at(DrillStage.VALIDATING).isPresent()
          && row.open()
          && !row.ending()) {
        String instance = row.found().instance().orElseThrow().value();
        if (trouble == Trouble.TERMINATED_BY_HAND) {
          cloud.ec2().terminate(instance);
        } else if (cloud.ec2().running(instance)) {
          cloud.ec2().stop(instance);
        }
      }
    }
  }

  @Test
  void eachEndsWithWhatIsKnownOfItsSetAndNothingStays() {
    int drills = Trouble.values().length;

    scenes.play(
        encrypted(drills),
        Drilling.drill(Level.L2, "filesystem"),
        Faults.NONE
            .withCalls(new Launches())
            .withInstances(new Boots())
            .withGuests(new Scripts())
            .withSets(sets()),
        given -> {
          for (int minute = 2; minute < 12; minute++) {
            given.time().at(DrillScenes.BEGUN.plusSeconds(60L * minute), () -> endByHand(given));
          }
        });

    SoftAssertions all = new SoftAssertions();
    for (Trouble trouble : Trouble.values()) {
      int number = trouble.number();
      scenes.isOver(number, trouble.name());
      all.assertThat(scenes.verdict(number))
          .as("%s: %s", trouble, scenes.end(number))
          .isEqualTo(trouble.verdict);
      all.assertThat(scenes.end(number).reason()).as(trouble.name()).contains(trouble.words);
      all.assertThat(
              scenes
                  .cloud
                  .measured()
                  .sum(scenes.rows.get(number).order().policy(), Metric.DRILLS_INCONCLUSIVE)
                  .orElse(0))
          .as(trouble.name())
          .isEqualTo(trouble.verdict == INCONCLUSIVE ? 1 : 0);
    }
    all.assertAll();
  }

  @Test
  void withoutItsDocumentADrillSaysNothing() {
    scenes.play(
        RestoreWorld.fleet(1, 2), Drilling.drill(Level.L2, "of-nobody"), Faults.NONE, given -> {});

    scenes.isOver(1, "no document");
    assertThat(scenes.verdict(1)).as("%s", scenes.end(1)).isEqualTo(INCONCLUSIVE);
    assertThat(scenes.end(1).reason()).contains("freezeframe-drill-of-nobody");
    assertThat(scenes.lasted(1, DrillScenes.BEGUN)).isEmpty();
  }

  /** The drill breaks off, and the sweep takes it away, and nothing else. */
  @Test
  void whatSomebodyTaggedStaysAndWhatIsAttachedElsewhere() {
    Map<String, String> taken = new TreeMap<>();
    List<String> tagged = new ArrayList<>();
    AbortsOnce aborts = new AbortsOnce(List.of("Dry run"));
    scenes.play(
        RestoreWorld.fleet(2, 2),
        Drilling.drill(Level.L2, "filesystem"),
        Faults.NONE.withExecutions(aborts).withEvents(Scene.NO_END_IS_TOLD),
        given -> {
          given.time().at(DrillScenes.BEGUN, () -> tagged.addAll(tagOthers(given)));
          for (int second = 60; second < 600; second += 10) {
            Instant at = DrillScenes.BEGUN.plusSeconds(second);
            given.time().at(at, () -> takeAway(given, taken));
          }
          given.time().at(DrillScenes.OVER, () -> tagged.removeIf(id -> isThere(given, id)));
          given
              .time()
              .at(
                  DrillScenes.OVER,
                  () -> taken.replaceAll((volume, any) -> attachedTo(given, volume)));
        });

    assertThat(aborts.aborted).containsExactly(1);
    assertThat(tagged).as("what was tagged by hand and is gone").isEmpty();
    assertThat(taken).hasSize(1);
    assertThat(taken.values()).containsExactly(Fleets.instanceId(2));
    assertThat(scenes.end(1).left()).hasSize(1);
    assertThat(scenes.end(1).left().get(0)).contains(taken.keySet()).contains("is attached to");
    assertThat(scenes.rows.get(1).check(DrillCommand.VALIDATE)).isEmpty();
  }

  /** An instance and its volumes, one of which is attached to nothing. */
  private static List<String> tagOthers(EmbeddedCloud cloud) {
    List<String> volumes = cloud.ec2().volumesOf(Fleets.instanceId(2));
    List<String> all = new ArrayList<>(volumes);
    all.add(Fleets.instanceId(2));
    all.forEach(id -> cloud.ec2().tagByHand(id, DrillTags.DRILL, Drilling.id(1).value()));
    cloud.ec2().detach(volumes.get(2));
    return all;
  }

  /** Somebody attaches a volume of the drill to an instance of theirs. */
  private static void takeAway(EmbeddedCloud cloud, Map<String, String> taken) {
    Optional<DrillRow> row =
        cloud.ledger().drill(Drilling.id(1)).filter(one -> one.at(DrillStage.RUNNING).isPresent());
    if (row.isPresent() && taken.isEmpty()) {
      String volume =
          row.get()
              .found()
              .volumes()
              .get(row.get().plan().orElseThrow().members().get(0).snapshot())
              .value();
      cloud.ec2().detach(volume);
      taken.put(volume, "");
      cloud
          .time()
          .after(Duration.ofMinutes(1), () -> cloud.ec2().attach(volume, Fleets.instanceId(2)));
    }
  }

  private static boolean isThere(EmbeddedCloud cloud, String id) {
    return cloud.ec2().running(id)
        || cloud.ec2().volumes().stream().map(Volume::volumeId).anyMatch(id::equals);
  }

  private static String attachedTo(EmbeddedCloud cloud, String volume) {
    return cloud.ec2().volumes().stream()
        .filter(one -> one.volumeId().equals(volume))
        .flatMap(one -> one.attachments().stream())
        .map(on -> on.instanceId())
        .findFirst()
        .orElse("nothing");
  }
}
