package dev.freezeframe.operator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.operator.cli.Commands;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.VolumeSettings;
import dev.freezeframe.snapshot.Ownership;
import dev.freezeframe.snapshot.SnapshotState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

class RestoreCommandTest {
  private static final DynamoDbClient LOCAL = DynamoDBEmbedded.create(true).dynamoDbClient();
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final PolicyName DAILY = new PolicyName("daily");
  private static final InstanceId INSTANCE = new InstanceId("i-0aaa0000000000001");
  private static final Instant FIRST = Instant.parse("2026-11-27T02:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-11-28T02:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-28T15:30:00Z");
  private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/k-1";
  private static final String ZONE = "eu-central-1a";

  @TempDir private Path policies;

  private final RestoreEc2 ec2 = new RestoreEc2();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Runnable> whileItWaits = new ArrayList<>();
  private RestoreAws aws;
  private DynamoLedger ledger;

  @BeforeEach
  void twoSetsOfTwoVolumes() throws Exception {
    String table = "restore-" + NUMBER.incrementAndGet();
    LOCAL.createTable(LedgerTable.createTable(table));
    ledger = new DynamoLedger(LOCAL, table);
    aws = new RestoreAws(ec2, LOCAL, table);
    aws.keys.put(KEY, "Enabled");
    take(1, FIRST, Consistency.APPLICATION);
    take(2, SECOND, Consistency.APPLICATION);
    ec2.instances.put(INSTANCE.value(), instance("web"));
    for (int number = 0; number < 2; number++) {
      ec2.volumes.put(volume(number).value(), attached(volume(number), device(number)));
    }
    Files.writeString(
        policies.resolve("daily.yaml"),
        """
        name: daily
        targets:
          - snapshot=snapshot
        """);
  }

  private static AttemptId set(int number) {
    return AttemptId.of("arn:execution:" + number, 1);
  }

  private static VolumeId volume(int number) {
    return new VolumeId("vol-0aaa000000000000" + number);
  }

  private static SnapshotId snapshot(int set, int number) {
    return new SnapshotId("snap-0aaa0000000000" + set + number);
  }

  private static String device(int number) {
    return number == 0 ? "/dev/sdf" : "/dev/sdg";
  }

  private void take(int set, Instant at, Consistency verdict) {
    RunId run = RunId.of(DAILY, at);
    List<SnapshotRow> rows = new ArrayList<>();
    List<VolumeSettings> settings = new ArrayList<>();
    for (int number = 0; number < 2; number++) {
      SnapshotId snapshot = snapshot(set, number);
      rows.add(
          SnapshotRow.pending(
              snapshot,
              set(set),
              volume(number),
              INSTANCE,
              DAILY,
              run,
              "arn:execution:" + set,
              at,
              Optional.of(device(number))));
      settings.add(settings(snapshot, volume(number), device(number)));
      ec2.snapshots.put(
          snapshot.value(),
          Snapshot.builder()
              .snapshotId(snapshot.value())
              .volumeId(volume(number).value())
              .startTime(at)
              .state("completed")
              .description(Ownership.description(run, INSTANCE))
              .volumeSize(100)
              .fullSnapshotSizeInBytes(60L << 30)
              .kmsKeyId(KEY)
              .build());
    }
    ledger.recordSnapshots(rows);
    rows.forEach(
        row ->
            ledger.apply(
                new SnapshotChange(
                    row.snapshot(),
                    SnapshotState.COMPLETED,
                    at.plusSeconds(60),
                    Optional.empty())));
    ledger.recordVerdict(
        rows.stream().map(SnapshotRow::snapshot).toList(),
        SetVerdict.on(
            new Verdict(
                verdict,
                verdict == Consistency.APPLICATION ? Optional.of(Proof.PROVED) : Optional.empty(),
                "held by its scripts")),
        Optional.empty(),
        new RetentionSettings(
            OptionalInt.of(7),
            "the policy says 7 days",
            OptionalInt.empty(),
            Optional.empty(),
            RetentionSettings.MIN,
            false,
            ZoneOffset.UTC));
    ledger.recordFacts(
        new RestoreFacts(
            set(set), INSTANCE, at, Optional.of(InstanceSettings.unknown()), settings));
  }

  private static VolumeSettings settings(SnapshotId snapshot, VolumeId volume, String device) {
    return new VolumeSettings(
        volume,
        snapshot,
        Optional.of(device),
        Optional.of("gp3"),
        OptionalInt.of(4_000),
        OptionalInt.of(250),
        OptionalInt.of(100),
        Optional.of(ZONE),
        Optional.of(true),
        Optional.of(KEY),
        Optional.of(false),
        false,
        false,
        Map.of("Name", "data", "snapshot", "snapshot"));
  }

  private static Instance instance(String group) {
    return Instance.builder()
        .instanceId(INSTANCE.value())
        .instanceType("m5.large")
        .state(state -> state.name("running"))
        .placement(placement -> placement.availabilityZone(ZONE))
        .rootDeviceName("/dev/xvda")
        .rootDeviceType("ebs")
        .tags(Tag.builder().key("team").value(group).build())
        .build();
  }

  private static Volume attached(VolumeId volume, String device) {
    return Volume.builder()
        .volumeId(volume.value())
        .volumeType("gp3")
        .availabilityZone(ZONE)
        .attachments(
            VolumeAttachment.builder()
                .instanceId(INSTANCE.value())
                .device(device)
                .state("attached")
                .build())
        .build();
  }

  private int restore(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = new CommandLine(new Root());
    line.addSubcommand(
        RestoreCommand.line(
            () -> new DeploymentOption((profile, region) -> aws),
            Clock.fixed(NOW, ZoneOffset.UTC),
            this::pause,
            Terminal.NONE));
    return Commands.prepare(line, Terminal.NONE)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            Stream.concat(Stream.of("restore"), Arrays.stream(arguments)).toArray(String[]::new));
  }

  /** What happens in the cloud while the command waits; a wait for nothing would not end. */
  private void pause(Duration any) {
    assertThat(whileItWaits).as("what the command waits for").isNotEmpty();
    whileItWaits.remove(0).run();
  }

  @CommandLine.Command(name = "./freezeframe")
  private static final class Root {}

  private int plan(String... arguments) {
    return restore(
        Stream.concat(Arrays.stream(arguments), Stream.of("--policies", policies.toString()))
            .toArray(String[]::new));
  }

  private String hash() {
    return out.toString().replaceAll("(?s).*--apply ([0-9a-f]{16}).*", "$1");
  }

  @Test
  void aPlanSaysTheVerdictFirstAndWhatAppliesItLast() {
    assertThat(plan(set(2).value())).isZero();
    assertThat(out.toString().lines().toList())
        .startsWith("Set", "  APPLICATION: held by its scripts")
        .contains(
            "  A volume of snap-0aaa000000000020 (of vol-0aaa0000000000000) is created in"
                + " eu-central-1a: gp3, 100 GiB, 4,000 IOPS, 250 MiB/s, encrypted with "
                + KEY
                + ".")
        .anyMatch(line -> line.contains("The volumes cost about US$ 36.00 a month"))
        .anyMatch(line -> line.contains("EC2 promises no rate"))
        .last()
        .asString()
        .isEqualTo(
            "  ./freezeframe restore %s --to volumes --policies %s --apply %s --watch"
                .formatted(set(2), policies, hash()));
    assertThat(out.toString()).contains("In the guest", "\nWhat stays\n");
    assertThat(aws.started).isEmpty();
  }

  @Test
  void inPlaceNamesWhatIsReplacedAndThatTheInstanceIsDown() {
    assertThat(plan(INSTANCE.value(), "--to", "in-place")).isZero();
    assertThat(out.toString())
        .contains(
            "set %s of 2026-11-28T02:00:00Z is the newest whole one of %s."
                .formatted(set(2), INSTANCE)
                .replaceFirst("^s", "S"))
        .contains("is stopped once all volumes are available, and started on them")
        .contains(
            "vol-0aaa0000000000001 is detached from /dev/sdg of %s, tagged freezeframe:replaced-by, and kept."
                .formatted(INSTANCE));
  }

  @Test
  void aTimeChoosesTheNewestSetAtOrBeforeIt() {
    assertThat(plan(INSTANCE + "@2026-11-27T02:00:00Z")).isZero();
    assertThat(out.toString()).contains("--to volumes", "restore " + set(1));
  }

  @Test
  void aNewerSetThatIsPassedOverIsNamed() {
    take(3, SECOND.plusSeconds(60), Consistency.UNKNOWN);
    assertThat(plan(INSTANCE.value())).isZero();
    assertThat(out.toString())
        .contains(
            "Set %s of 2026-11-28T02:01:00Z is passed over: it is UNKNOWN; --accept UNKNOWN takes it"
                .formatted(set(3)));
    assertThat(plan(INSTANCE.value(), "--accept", "UNKNOWN")).isZero();
    assertThat(out.toString()).contains("restore " + set(3), "--accept UNKNOWN");
  }

  @Test
  void copiesNeverGetTheTagsByWhichPoliciesChoose() throws Exception {
    assertThat(plan(set(2).value(), "--json")).isZero();
    JsonNode volumes = Json.mapper().readTree(out.toString()).at("/planned/plan/volumes");
    assertThat(volumes.get(0).get("tags").has("snapshot")).isFalse();
    assertThat(volumes.get(0).at("/tags/Name").asText()).isEqualTo("data");
    assertThat(plan(set(2).value(), "--json", "--target-tags")).isZero();
    assertThat(
            Json.mapper()
                .readTree(out.toString())
                .at("/planned/plan/volumes/0/tags/snapshot")
                .asText())
        .isEqualTo("snapshot");
  }

  @Test
  void withoutPoliciesNothingIsCopiedUnasked() {
    assertThat(restore(set(2).value(), "--policies", policies.resolve("none").toString()))
        .isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString()).contains("which tags choose instances is not known");
  }

  @ParameterizedTest
  @CsvSource({"Disabled", "PendingDeletion", "PendingImport", "Unavailable"})
  void aKeyThatCannotBeUsedIsNamed(String state) {
    aws.keys.put(KEY, state);
    assertThat(plan(set(2).value())).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "the key %s is %s, expected Enabled: snap-0aaa000000000020 and 1 more cannot be read without it"
                .formatted(KEY, state));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aKeyThatIsGoneIsNamedAndOneThatMayNotBeAskedAboutIsAWarning() {
    aws.keys.clear();
    assertThat(plan(set(2).value())).isEqualTo(1);
    assertThat(err.toString()).contains("the key %s is not there".formatted(KEY));
    aws.keysForbidden = true;
    assertThat(plan(set(2).value())).isZero();
    assertThat(out.toString())
        .contains(
            "the key %s may not be asked, needs the permission kms:DescribeKey".formatted(KEY));
  }

  @Test
  void refusalsAreSentencesOnStandardErrorAndInJson() throws Exception {
    ec2.snapshots.remove(snapshot(2, 1).value());
    assertThat(plan(set(2).value())).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "The restore is refused",
            "snap-0aaa000000000021 of vol-0aaa0000000000001 is missing: EC2 has no such snapshot");
    assertThat(plan(set(2).value(), "--json")).isEqualTo(1);
    assertThat(Json.mapper().readTree(out.toString()).at("/reasons/0").asText())
        .startsWith("snap-0aaa000000000021");
  }

  @Test
  void hostileTextsOfTagsCannotActOnATerminal() {
    ec2.instances.put(
        INSTANCE.value(),
        instance("web").toBuilder()
            .tags(Tag.builder().key("aws:autoscaling:groupName").value("x\u001b[2J\ny").build())
            .build());
    assertThat(plan(set(2).value(), "--to", "in-place")).isEqualTo(1);
    assertThat(err.toString()).contains("x\\u001b[2J y").doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|expected a set or an instance (i-...), found none",
        "vol-1|what is to be restored is 'vol-1', expected a set (the tag freezeframe:set) or an instance",
        "i-0aaa0000000000001@yesterday|the time is 'yesterday', expected one in UTC such as 2026-11-28T14:00:00Z",
        "SET --to elsewhere|--to is 'elsewhere', expected volumes, instance=i-..., new, in-place or root",
        "SET --to instance|--to is 'instance', expected volumes",
        "SET --to volumes=i-0aaa0000000000001|--to is 'volumes=i-0aaa0000000000001', expected",
        "SET --to instance=web|--to: instance id 'web': expected i-",
        "SET --zone here|--zone is here, expected an Availability Zone such as eu-central-1a",
        "SET --initialize 50|--initialize is 50, expected 100 to 300",
        "SET --initialize fast|Invalid value for option '--initialize'",
        "SET --wait-initialized|--wait-initialized is given without --initialize, expected both",
        "SET --accept APPLICATION|--accept is APPLICATION, expected UNKNOWN or CRASH",
        "SET --leave web|--leave: volume id 'web'",
        "SET --apply me|--apply is me, expected the hash of a plan, 16 hexadecimal digits",
        "SET --watch|--watch is given without --apply, expected a plan to apply",
        "SET --stack other|--stack is other, expected a stack in eu-central-1, found none of that name",
        "show x|restore id 'x': expected one such as restore-20261128T153000Z-1a2b3c4d",
        "list --days 0|--days is 0, expected 1 to 400",
        "undo restore-20261128T153000Z-1a2b3c4d --watch|--watch is given without --apply",
      })
  void whatCannotBeUsedIsRefusedInOneSentence(String line, String sentence) {
    String[] arguments =
        line.isEmpty() ? new String[0] : line.replace("SET", set(2).value()).split(" ");
    int status =
        line.startsWith("show") || line.startsWith("list") || line.startsWith("undo")
            ? restore(arguments)
            : plan(arguments);
    assertThat(status).isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString()).contains(sentence);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"6f0e1c52-0000-3000-8000-000000000000", "i-0ccc0000000000009"})
  void whatTheLedgerDoesNotKnowIsSaid(String id) {
    assertThat(plan(id)).isEqualTo(1);
    assertThat(err.toString()).contains(id).contains("in the ledger");
  }

  @Test
  void anEmptyLedgerKnowsNothing() {
    String table = "restore-" + NUMBER.incrementAndGet();
    LOCAL.createTable(LedgerTable.createTable(table));
    aws.outputs.put("LedgerTableName", table);
    assertThat(plan(INSTANCE.value())).isEqualTo(1);
    assertThat(err.toString()).contains("i-0aaa0000000000001 has no whole set in the ledger");
    assertThat(restore("list")).isZero();
    assertThat(out.toString()).contains("no restore began in the last 30 days");
  }

  @Test
  void aPlanThatHasChangedIsNotApplied() {
    plan(set(2).value());
    assertThat(plan(set(2).value(), "--apply", "0123456789abcdef")).isEqualTo(1);
    assertThat(err.toString())
        .contains("the plan is another now, %s instead of 0123456789abcdef".formatted(hashOf()));
    assertThat(aws.started).isEmpty();
  }

  private String hashOf() {
    return err.toString().replaceAll("(?s).*another now, ([0-9a-f]{16}).*", "$1");
  }

  @Test
  void anAppliedPlanStartsOneExecutionThatIsNamedAsTheRestore() throws Exception {
    plan(set(2).value());
    String hash = hash();
    assertThat(plan(set(2).value(), "--apply", hash)).isZero();
    assertThat(plan(set(2).value(), "--apply", hash)).as("a second click").isZero();
    assertThat(aws.started)
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.stateMachineArn()).isEqualTo(RestoreAws.MACHINE);
              assertThat(order.name())
                  .isEqualTo("restore-20261128T153000Z-" + hash.substring(0, 8));
            });
    JsonNode input = Json.mapper().readTree(aws.started.get(0).input());
    assertThat(input.get("restoreId").asText()).isEqualTo(aws.started.get(0).name());
    assertThat(input.get("hash").asText()).isEqualTo(hash);
    assertThat(Json.mapper().treeToValue(input.get("request"), RestoreRequest.class).set())
        .isEqualTo(set(2));
    assertThat(out.toString())
        .contains("./freezeframe restore show %s --watch".formatted(aws.started.get(0).name()));
  }

  @Test
  void withoutTheStateMachineNothingCanBeApplied() {
    plan(set(2).value());
    String hash = hash();
    aws.outputs.remove("RestoreSetArn");
    assertThat(plan(set(2).value(), "--apply", hash)).isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString())
        .contains("has no output RestoreSetArn, expected one: npx cdk deploy");
  }

  @Test
  void aWatchedRestoreShowsItsStagesUntilItHasEnded() throws Exception {
    plan(set(2).value());
    String hash = hash();
    RestoreId id = RestoreOrders.id(hash, NOW);
    plan(set(2).value(), "--json");
    RestorePlan plan =
        Json.mapper()
            .treeToValue(
                Json.mapper().readTree(out.toString()).at("/planned/plan"), RestorePlan.class);
    whileItWaits.add(() -> claim(id, plan, hash));
    whileItWaits.add(() -> ledger.recordStage(id, RestoreRow.Stage.AVAILABLE, NOW.plusSeconds(40)));
    whileItWaits.add(
        () ->
            ledger.recordRestoreEnded(
                id, RestoreRow.Status.SUCCEEDED, "all is available", NOW.plusSeconds(50)));
    assertThat(plan(set(2).value(), "--apply", hash, "--watch")).isZero();
    assertThat(out.toString())
        .contains(
            id + " has begun.",
            "2026-11-28T15:30:40Z  available, 40 seconds after it began",
            id + " is SUCCEEDED: all is available",
            "no volume yet, of snap-0aaa000000000020, for vol-0aaa0000000000000");

    assertThat(restore("list")).isZero();
    assertThat(out.toString()).contains(id.value(), "SUCCEEDED", "volumes", "all is available");
    assertThat(restore("show", id.value())).isZero();
    assertThat(out.toString()).contains("available", "ended", "plan " + hash);
    assertThat(restore("clean", id.value())).isEqualTo(1);
    assertThat(err.toString())
        .contains("succeeded, so that nothing is left over; undo takes it back");

    assertThat(restore("undo", id.value())).isZero();
    assertThat(out.toString())
        .contains(
            "are deleted, unless they are attached",
            "restore undo %s --apply --watch".formatted(id));
    assertThat(aws.started).hasSize(1);
    assertThat(restore("undo", id.value(), "--apply")).isZero();
    assertThat(aws.started)
        .last()
        .satisfies(
            order -> {
              assertThat(order.name()).isEqualTo(id + "-undo");
              assertThat(Json.mapper().readTree(order.input()))
                  .isEqualTo(
                      Json.mapper().readTree("{\"restoreId\":\"%s\",\"undo\":true}".formatted(id)));
            });
  }

  private void claim(RestoreId id, RestorePlan plan, String hash) {
    ledger.claimRestore(
        new RestoreRow(
            id,
            plan.request(),
            hash,
            "arn:execution",
            NOW,
            RestoreRow.Status.RUNNING,
            "it goes on",
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        plan,
        NOW.plusSeconds(600));
  }

  @Test
  void anExecutionThatFailsBeforeItIsOnRecordEndsTheWatch() {
    plan(set(2).value());
    whileItWaits.add(() -> aws.executions.replaceAll((arn, status) -> ExecutionStatus.FAILED));
    assertThat(plan(set(2).value(), "--apply", hash(), "--watch")).isEqualTo(1);
    assertThat(out.toString()).contains("has failed: FAILED (Refused)");
  }

  @Test
  void aNameThatIsTakenIsNoReasonNotToUndoAgain() {
    RestoreOrders orders = new RestoreOrders(aws.stepFunctions(), RestoreAws.MACHINE);
    RestoreId id = new RestoreId("restore-20261128T153000Z-1a2b3c4d");
    orders.undo(id);
    aws.executions.replaceAll((arn, status) -> ExecutionStatus.FAILED);
    assertThat(orders.undo(id)).endsWith(id + "-undo-2");
  }

  @Test
  void whatARestoreIsNotOnRecordForIsSaid() {
    String id = "restore-20261128T153000Z-1a2b3c4d";
    for (String command : List.of("show", "undo", "clean")) {
      assertThat(restore(command, id)).isEqualTo(1);
      assertThat(err.toString()).contains(id + " is not in the ledger");
    }
  }
}
