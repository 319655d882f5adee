package dev.freezeframe.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.operator.cli.Legend;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.rehearsal.faults.FaultList;
import dev.freezeframe.rehearsal.run.RunField;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RehearseCommandTest {
  private static final String CASES = "src/test/resources/cases/";

  /** What is named by data below these. */
  private static final Set<String> OPAQUE =
      Set.of(
          "policy",
          "calls",
          "drills[].stages",
          "ledger[]",
          "ec2Snapshots[].tags",
          "ec2Volumes[].tags");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int rehearse(String... arguments) {
    CommandLine commandLine = Main.commandLine(Terminal.NONE);
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  private Path results() {
    return folder.resolve("results");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void theExampleShowsEveryKindOfEndAndSucceeds() throws IOException {
    assertThat(rehearse("--out", results().toString())).isZero();

    assertThat(out.toString())
        .contains("APPLICATION", "CRASH", "SKIPPED", "Calls: ", "ec2:CreateSnapshots")
        .contains("Written: " + results().resolve("run.json"))
        .doesNotContain("\t", "\r", "\u001b");
    assertThat(err.toString()).doesNotContain("\t", "\r", "\u001b");
    JsonNode run = new ObjectMapper().readTree(Files.readString(results().resolve("run.json")));
    assertThat(run.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly(
            "seed",
            "policy",
            "endedAt",
            "runs",
            "calls",
            "stillFrozen",
            "stillStopped",
            "stillUnmounted",
            "stillRestored",
            "drills",
            "assumedDocuments",
            "deletions",
            "kept",
            "ledger",
            "ec2Snapshots");
    assertThat(run.path("ledger").findValues("timeoutSeconds"))
        .isNotEmpty()
        .allMatch(JsonNode::isInt);
    assertThat(run.path("stillFrozen")).isEmpty();
    assertThat(run.path("ledger"))
        .filteredOn(item -> item.has("volumeId"))
        .hasSizeGreaterThan(9)
        .allSatisfy(item -> assertThat(item.path("device").asText()).matches("(/dev/sd|xvd)[a-z]"));
    assertThat(run.path("runs").get(0).path("instances")).hasSize(11);
  }

  @Test
  void aFailedBackupEndsWithOneAndSaysWhichAndWhy() throws IOException {
    Path faults =
        file(
            "faults.yaml",
            "faults: [{instance: \"*\", at: create-snapshots, do: error, times: 99}]");

    assertThat(rehearse("--out", results().toString(), "--faults", faults.toString())).isOne();
    assertThat(out.toString()).contains("FAILED", "no snapshots");
  }

  @Test
  void severalDaysFireTheScheduleAsOftenAsItFallsDue() throws IOException {
    assertThat(rehearse("--out", results().toString(), "--days", "3")).isZero();

    JsonNode run = new ObjectMapper().readTree(Files.readString(results().resolve("run.json")));
    assertThat(run.path("runs")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bom", "utf16", "tagged"})
  void aFleetIsReadInTheEncodingsThatShellsWrite(String name) {
    assertThat(
            rehearse(
                "--out",
                results().toString(),
                "--policy",
                CASES + "targets-snapshot.yaml",
                "--fleet",
                CASES + name + ".json"))
        .isZero();
  }

  @Test
  void aScheduleOfManySetsADayAndASmallCountLosesItsOldestEachDay() {
    assertThat(
            rehearse(
                "--out",
                results().toString(),
                "--days",
                "3",
                "--policy",
                CASES + "many-a-day.yaml",
                "--fleet",
                CASES + "one-instance.json"))
        .isZero();
    assertThat(out.toString()).contains(" by count").doesNotContain("RETENTION FAILED");
  }

  @Test
  void anInstanceWithoutEbsVolumesIsSkipped() {
    assertThat(rehearse("--out", results().toString(), "--fleet", CASES + "no-ebs-volume.json"))
        .isZero();
    assertThat(out.toString()).contains("SKIPPED").contains("the instance has no EBS volume");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void bothOptionsForHelpPrintIt(String option) {
    assertThat(rehearse(option)).isZero();
    assertThat(out.toString()).contains("Exit status");
  }

  @Test
  void anOutFolderThatCannotBeWrittenIsRefusedBeforeTheRun() {
    assertThat(rehearse("--out", "/proc/none")).isEqualTo(2);
    assertThat(err.toString()).contains("expected a folder that can be written to, found /proc");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--days 0 | rehearse: Invalid value for option '--days': it is '0', expected 1 to 3660; see",
        "--days 7d | rehearse: Invalid value for option '--days': it is '7d', expected 1 to 3660; see",
        "--fleet= | rehearse: Invalid value for option '--fleet': it is empty, expected a file or a"
            + " folder; see ./rehearse --help",
        "--seed x | rehearse: Invalid value for option '--seed': it is 'x', expected a whole number"
            + " of 18 digits at most; see ./rehearse --help",
        "--pending-limit 99999999999 | rehearse: Invalid value for option '--pending-limit': it is"
            + " 99999999999, expected 2147483647 at most",
        "--fleet src/test/resources/cases | src/test/resources/cases: the file is a folder,"
            + " expected the JSON that aws ec2 describe-instances prints",
        "--fleet src/test/resources/cases/one-instance.json --volumes nowhere.json | nowhere.json:"
            + " the file is missing, expected the JSON that aws ec2 describe-volumes prints",
        "--faults src/test/resources/cases | src/test/resources/cases: the file is a folder,"
            + " expected a list 'faults'",
        "--polcy p.yaml | rehearse: --polcy is no option of ./rehearse, expected --policy; see"
            + " ./rehearse --help",
        "simulte | rehearse: simulte is no command of ./rehearse, expected simulate; see ./rehearse"
            + " --help",
        "mine.yaml | rehearse: mine.yaml stands without an option, expected a command (",
        "--fleet src/test/resources/cases/next-token.json | NextToken is there, so this is one page"
            + " of several",
        "--fleet src/test/resources/cases/tag-without-a-key.json |"
            + " Reservations[0].Instances[0].Tags[1].Key is missing (there is 'key')",
        "--fleet src/test/resources/cases/tagged.json --volumes"
            + " src/test/resources/cases/volume-tag-without-a-key.json | Volumes[0].Tags[0].Key is"
            + " missing (there is 'key')",
        "--volumes v.json | rehearse: --volumes describes the volumes of a --fleet",
        "--policy nowhere.yaml | nowhere.yaml",
        "--fleet nowhere.json | nowhere.json",
        "--faults nowhere.yaml | nowhere.yaml",
        "--documents nowhere | --documents: expected a folder of SSM documents that can be read,"
            + " found nowhere",
        "--pending-limit 0 | rehearse: --pending-limit is 0, expected at least 1",
        "--restore inplace | --restore is 'inplace', expected volumes, instance, instance=ID, new,"
            + " in-place or root; did you mean in-place?",
        "--restore instance=i-1 | --restore instance is 'i-1', expected the id of an instance of"
            + " the fleet",
        "--restore new --restore-instance i-1 | --restore-instance is 'i-1', expected the id of an"
            + " instance of the fleet",
        "--restore new --restore-after soon | --restore-after is 'soon', expected a duration such"
            + " as 90m (d, h, m or s), 3660 days at most",
        "--restore new --restore-accept ALL | --restore-accept is 'ALL', expected CRASH, UNKNOWN or"
            + " both",
        "--restore-after 5m | --restore-after is given without --restore, expected both: it says"
            + " what of a restore"
      })
  void whatCannotBeUsedIsSaidInOneSentenceAndNothingIsWritten(String flags, String sentence) {
    String[] arguments = ("--out " + results() + " " + flags).split(" ");

    assertThat(rehearse(arguments)).isEqualTo(2);
    assertThat(err.toString()).contains(sentence);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
    assertThat(results()).doesNotExist();
  }

  @Test
  void aPolicyForTagsThatNobodyCarriesSaysWhichTheyAre() throws IOException {
    Path policy = file("other.yaml", "name: other\ntargets: [tier=gold, backup]\n");

    assertThat(rehearse("--out", results().toString(), "--policy", policy.toString())).isOne();
    assertThat(out.toString())
        .contains("NO INSTANCE MATCHED the policy: none of 12 carries tier=gold, or backup.");
  }

  @Test
  void aPolicyThatMeansTwoTagsByOneIsToldThatThereIsNoAnd() throws IOException {
    Path policy = file("other.yaml", "name: other\ntargets: ['Backup=nightly, db=postgresql']\n");

    assertThat(rehearse("--out", results().toString(), "--policy", policy.toString())).isOne();
    assertThat(out.toString())
        .contains("db=postgresql (one tag whose value holds a comma; there is no AND)");
  }

  @Test
  void aPolicyThatFiresLaterSaysWhenAndHowManyDaysReachIt() throws IOException {
    Path policy = file("monthly.yaml", "name: monthly\nschedule: {cron: \"0 3 1 * ? *\"}\n");

    assertThat(
            rehearse("--out", results().toString(), "--policy", policy.toString(), "--days", "2"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("never falls due within 2 days, expected at least one firing (the first is at")
        .contains("2026-12-01T03:00:00Z: --days 10)");
  }

  @Test
  void aTagThatAnInstanceDoesNotCarryCannotBeTakenAway() throws IOException {
    Path faults =
        file(
            "faults.yaml",
            "faults:\n  - {instance: i-0fc00000847dd0a68, at: by-hand, do: untag 6h, from: 1h}\n");

    assertThat(rehearse("--out", results().toString(), "--faults", faults.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "untag 6h takes away the tag snapshot, expected an instance that carries it:"
                + " i-0fc00000847dd0a68 does not");
  }

  @Test
  void aSetOfWhichNothingCanBeRestoredIsNotCountedAsABackup() throws IOException {
    Path policy = file("hourly.yaml", "name: hourly\nschedule: {cron: \"0 2 * * ? *\"}\n");
    Path faults = file("faults.yaml", "faults:\n  - {instance: \"*\", at: snapshot, do: error}\n");

    rehearse(
        "--out",
        results().toString(),
        "--policy",
        policy.toString(),
        "--faults",
        faults.toString(),
        "--days",
        "2");
    assertThat(out.toString())
        .contains(" x no snapshot completed, . no set", "have no completed one)")
        .contains("no snapshot completed\n")
        .doesNotContain(" APPLICATION: writes");
  }

  @Test
  void ofADatabaseThatNoRehearsalSeesItIsSaidThatItIsAssumed() throws IOException {
    Path policy =
        file("db.yaml", "name: db\nscripts: {document: freezeframe-postgresql, retries: 0}\n");

    rehearse("--out", results().toString(), "--policy", policy.toString());
    assertThat(out.toString())
        .contains("and that is proved, if the scripts do what is assumed")
        .containsPattern(
            "Assumed: PostgreSQL runs on (all \\d+ guests|the guest) that freezeframe-p")
        .contains("a guest without it answers 206, and its set is CRASH");
  }

  @Test
  void aPolicyWhoseTagIsMisspeltNamesTheNearestThatTheFleetHas() throws IOException {
    Path policy = file("other.yaml", "name: other\ntargets: [snapshots=snapshot]\n");

    assertThat(rehearse("--out", results().toString(), "--policy", policy.toString())).isOne();
    assertThat(out.toString()).contains("; the nearest tag there is snapshot=snapshot.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "database",
        "crash-consistent",
        "patch-then-snapshot",
        "stop-and-start",
        "unmount"
      })
  void theFleetOfTheExamplesHasInstancesForEachOfThem(String policy) {
    Path examples = Path.of(System.getProperty("freezeframe.root"), "policies/examples");

    assertThat(
            rehearse(
                "--out",
                results().toString(),
                "--policy",
                examples.resolve(policy + ".yaml").toString(),
                "--fleet",
                examples.resolve("fleet.json").toString()))
        .isZero();
    assertThat(out.toString()).contains("SUCCEEDED").doesNotContain("SKIPPED", "FAILED");
  }

  @Test
  void aFleetThatDoesNotTellWhatAStopWouldEraseIsRefusedForAPolicyThatStops() throws IOException {
    Path policy = file("stops.yaml", "name: stops\nhold: stop\n");
    Path fleet =
        file(
            "fleet.json",
            """
            {"Reservations": [{"Instances": [
              {"InstanceId": "i-0123456789abcdef0", "State": {"Code": 16, "Name": "running"},
               "InstanceType": "m7g.large", "Tags": [{"Key": "snapshot", "Value": "snapshot"}]}]}]}
            """);

    assertThat(
            rehearse(
                "--out",
                results().toString(),
                "--policy",
                policy.toString(),
                "--fleet",
                fleet.toString()))
        .isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo(
            fleet
                + ": i-0123456789abcdef0 has no RootDeviceType, expected what describe-instances"
                + " prints: policy stops stops instances, and they tell whether a stop would erase"
                + " volumes");
  }

  @Test
  void aDocumentThatNobodyKnowsIsRefusedWithTheNearestThereIs() throws IOException {
    Path policy = file("other.yaml", "name: other\nscripts: {document: freezeframe-postgres}\n");

    assertThat(rehearse("--out", results().toString(), "--policy", policy.toString())).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo(
            "scripts.document is freezeframe-postgres, expected freezeframe-postgresql, or a"
                + " document of your own in a folder named by --documents");
    assertThat(results()).doesNotExist();
  }

  @Test
  void theFleetTheNamesAndTheMeaningOfEachVerdictAreShown() {
    assertThat(rehearse("--out", results().toString())).isZero();

    assertThat(out.toString())
        .contains("11 of 12 instances match; no target tag: i-0fc00000847dd0a68 sandbox")
        .contains("i-0f2000001614f81bc  orders-db")
        .contains("Run of 2026-11-22T03:00:00Z (04:00 Europe/Berlin)")
        .contains("  CRASH: ", "  APPLICATION: ")
        .doesNotContain("  UNKNOWN: ");
    assertThat(out.toString().indexOf("9 succeeded")).isLessThan(out.toString().indexOf("Calls: "));
  }

  @Test
  void aQuietRehearsalHasALineForEachInstance() {
    assertThat(rehearse("--out", results().toString(), "--days", "3", "--quiet")).isZero();

    assertThat(out.toString().lines())
        .filteredOn(line -> line.startsWith("  i-") && line.contains("SUCCEEDED"))
        .hasSize(9);
    assertThat(out.toString())
        .doesNotContain(System.lineSeparator() + System.lineSeparator())
        .contains("legacy-erp", "3 SUCCEEDED", "3 CRASH", "last CRASH, 2026-11-24T03:00:00Z")
        .doesNotContain("Run of ", "Calls: ");
  }

  @Test
  void aGuestThatIsFrozenForTooLongIsNamed() throws IOException {
    Path faults =
        file("faults.yaml", "faults: [{instance: i-0f2000001614f81bc, at: pre-script, do: hang}]");

    rehearse("--out", results().toString(), "--faults", faults.toString());

    assertThat(out.toString())
        .contains("FROZEN FOR LONGER than scripts.freezeBudget (30 s): i-0f2000001614f81bc frozen ")
        .contains("not held at the point in time: the pre-script timed out")
        .doesNotContain("no script held");
  }

  @Test
  void aSetAndAnInstanceByItsNameAreExplainedAndALesserVerdictSaysWhy() throws IOException {
    JsonNode run = rehearsedWithADayOfRetention(3);
    StringWriter words = new StringWriter();

    assertThat(explain(words, run.path("kept").get(0).path("setId").asText())).isZero();
    assertThat(words.toString()).contains("taken by policy short", "verdict: ");
    assertThat(explain(words, run.path("deletions").get(0).path("setId").asText())).isZero();
    assertThat(words.toString()).contains("deleted at 2026-11-2", " by plan ", ", rule age: ");
    assertThat(explain(words, "old-frontend")).isZero();
    assertThat(words.toString()).contains("SKIPPED: tagged snapshot=snapshot, but");
    assertThat(explain(words, "edge-1")).isZero();
    assertThat(words.toString()).contains("CRASH (not held at the point in time: ");
  }

  @Test
  void aSetThatExpiresInTheNextRunHasItsReasonsApartFromWhatKeepsOthers() throws IOException {
    JsonNode run = rehearsedWithADayOfRetention(3);

    assertThat(run.path("kept"))
        .allSatisfy(
            kept ->
                assertThat(kept.path("reasons").isEmpty())
                    .isNotEqualTo(kept.path("expiring").isEmpty()));
  }

  @Test
  void everyFaultOfAPolicyIsNamedAtOnce() throws IOException {
    Path policy = file("wrong.yaml", "name: daily\nscripts: {timeout: 5s, retries: 9}\n");

    assertThat(rehearse("--out", results().toString(), "--policy", policy.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("scripts.document", "scripts.timeout is", "scripts.retries is");
    assertThat(results()).doesNotExist();
  }

  @Test
  void emptyFilesAreRefused() throws IOException {
    String empty = file("empty", "").toString();

    assertThat(rehearse("--policy", empty, "--out", results().toString())).isEqualTo(2);
    assertThat(rehearse("--fleet", empty, "--out", results().toString())).isEqualTo(2);
    assertThat(rehearse("--faults", empty, "--out", results().toString())).isEqualTo(2);
    assertThat(
            rehearse(
                "--fleet",
                CASES + "one-instance.json",
                "--volumes",
                empty,
                "--out",
                results().toString()))
        .isEqualTo(2);
    assertThat(results()).doesNotExist();
  }

  @Test
  void aFileInTheWayOfTheFolderIsNamed() throws IOException {
    Path inTheWay = file("taken", "");

    assertThat(rehearse("--out", inTheWay.resolve("results").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("expected a folder, found the file " + inTheWay);
  }

  @Test
  void helpNamesEveryFlagEveryFaultAndEveryField() {
    assertThat(rehearse("--help")).isZero();
    assertThat(out.toString())
        .contains("--policy", "--fleet", "--volumes", "--faults", "--days", "--seed", "--out")
        .contains(FaultList.entries().stream().map(Legend.Entry::name).toList())
        .contains(RunField.ALL.stream().map(RunField::indented).toList())
        .doesNotContain("\t", "\u001b");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 132})
  void helpFitsTheTerminal(int columns) {
    CommandLine line =
        Main.commandLine(new Terminal(OptionalInt.of(columns), OptionalInt.empty(), false))
            .setOut(new PrintWriter(out));
    line.execute("--help");
    line.execute("simulate", "--help");
    line.execute("explain", "--help");

    assertThat(out.toString()).contains("crash-before", "callsWhileFrozen[]", "--seeds=A..B", "ID");
    assertThat(out.toString().lines())
        .allSatisfy(printed -> assertThat(printed.length()).isLessThanOrEqualTo(columns));
  }

  private JsonNode rehearsedWithADayOfRetention(int days) throws IOException {
    return rehearsedWithADayOfRetention(days, "");
  }

  private JsonNode rehearsedWithADayOfRetention(int days, String drill, String... more)
      throws IOException {
    Path policy =
        file(
            "short.yaml",
            "name: short\nschedule: {cron: \"0 2 * * ? *\"}\nretention: {days: 1}\n" + drill);
    List<String> options = new ArrayList<>(List.of(more));
    Collections.addAll(options, "--out", results().toString(), "--days", "" + days);
    Collections.addAll(options, "--policy", policy.toString());
    rehearse(options.toArray(String[]::new));
    return new ObjectMapper().readTree(Files.readString(results().resolve("run.json")));
  }

  @Test
  void theFieldsThatHelpNamesAreThoseThatAreWritten() throws IOException {
    JsonNode run =
        rehearsedWithADayOfRetention(
            4, "drill: {each: 1d, rpo: 1m}\n", "--restore", "volumes", "--restore-accept", "CRASH");
    Set<String> written = new LinkedHashSet<>();
    fields("", run, written);

    assertThat(RunField.ALL).extracting(RunField::path).containsExactlyElementsOf(written);
  }

  @Test
  void whatDrillsHaveShownIsWrittenForAnAuditor() throws IOException {
    JsonNode run = rehearsedWithADayOfRetention(4, "drill: {each: 1d, rpo: 1m}\n");

    String evidence = Files.readString(results().resolve("evidence.md"));
    assertThat(evidence)
        .startsWith("# Evidence of restore drills, 2026-11-22 to 2026-11-")
        .contains("%d drills ended".formatted(run.get("drills").size()))
        .contains("recovery point");
    run.get("drills")
        .forEach(drill -> assertThat(evidence).contains(drill.get("drillId").asText()));
  }

  private static void fields(String path, JsonNode node, Set<String> written) {
    if (OPAQUE.contains(path)) {
      return;
    }
    node.properties()
        .forEach(
            field -> {
              String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
              String name = field.getValue().isArray() ? below + "[]" : below;
              written.add(name);
              if (field.getValue().isArray()) {
                field.getValue().forEach(entry -> fields(name, entry, written));
              } else {
                fields(name, field.getValue(), written);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 132})
  void noLineIsWiderThanTheTerminal(int columns) {
    Terminal terminal = new Terminal(OptionalInt.of(columns), OptionalInt.empty(), false);
    Main.commandLine(terminal)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute("--out", results().toString(), "--days", "2");

    assertThat(out.toString().lines())
        .filteredOn(line -> !line.contains(results().toString()))
        .hasSizeGreaterThan(30)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns))
        .noneMatch(line -> line.contains("\t"))
        .noneMatch(line -> line.endsWith(" "));
  }

  @Test
  void whatARehearsalKeptAndDeletedIsExplainedAfterwards() throws IOException {
    JsonNode run = rehearsedWithADayOfRetention(4);
    String deleted = run.path("deletions").get(0).path("snapshotId").asText();
    String instance = run.path("kept").get(0).path("instanceId").asText();
    StringWriter words = new StringWriter();

    assertThat(explain(words, deleted)).isZero();
    assertThat(words.toString()).contains("taken by policy short", "deleted at 2026-11-2", "age");
    assertThat(explain(words, instance)).isZero();
    assertThat(words.toString()).contains("kept until 2026-11-");
    assertThat(explain(words, "snap-0123456789abcdef0")).isOne();
    assertThat(err.toString())
        .contains("snap-0123456789abcdef0 is not in the ledger of " + results());
  }

  @Test
  void whatIsKeptAndWhatWentIsInTheResultAndInACalendar() throws IOException {
    JsonNode run = rehearsedWithADayOfRetention(3);

    assertThat(run.path("deletions"))
        .isNotEmpty()
        .allSatisfy(gone -> hasTexts(gone, "snapshotId", "setId", "at", "rule", "reason"));
    assertThat(run.path("kept"))
        .isNotEmpty()
        .allSatisfy(kept -> hasTexts(kept, "setId", "instanceId", "pointInTime"))
        .allSatisfy(
            kept ->
                assertThat(kept.path("reasons").size() + kept.path("expiring").size())
                    .isPositive());
    assertThat(out.toString())
        .containsPattern(
            "Kept on 2026-11-\\d\\d \\(A application, C crash, U unknown, . no set; days in UTC\\)")
        .containsPattern(
            " {30,}1      8      15     22     29\\R  i-[0-9a-f]{17} [a-z0-9-]+ +2026-11 "
                + "\\.+[ACU]{1,3}\\.+\\R")
        .contains(
            "%d sets kept (".formatted(run.path("kept").size()),
            " snapshots), %d snapshots deleted (".formatted(run.path("deletions").size()))
        .containsPattern("NEVER BACKED UP: .*old-frontend \\(3 of 3 skipped\\)");
  }

  private static void hasTexts(JsonNode object, String... names) {
    assertThat(names).allSatisfy(name -> assertThat(object.path(name).asText()).isNotBlank());
  }

  private int explain(StringWriter words, String id) {
    return Main.commandLine(Terminal.NONE)
        .setOut(new PrintWriter(words, true))
        .setErr(new PrintWriter(err, true))
        .execute("explain", id, "--out", results().toString());
  }

  @Test
  void aNameThatTheRehearsalDoesNotHaveSaysWhereItWasLookedForAndHowToLookElsewhere()
      throws IOException {
    rehearsedWithADayOfRetention(1);

    assertThat(explain(new StringWriter(), "nobody")).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo(
            ("ID is 'nobody', expected a snapshot (snap-...), an instance (i-... or the tag Name of one"
                    + " in %s, or of another rehearsal with --out FOLDER) or a set (the tag"
                    + " freezeframe:set)")
                .formatted(results().resolve("run.json")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | run.json: expected the result of a rehearsal, found none",
        "{} | run.json: expected what ./rehearse writes",
        "{\"ledger\": [], \"endedAt\": \"soon\"} | run.json: expected what ./rehearse writes",
        "{\"ledger\": [{\"pk\": null}], \"endedAt\": \"2026-11-22T00:00:00Z\"} | run.json: expected"
            + " what",
        "no json | run.json: expected what ./rehearse writes"
      })
  void whatNoRehearsalWroteIsNotExplained(String text, String sentence) throws IOException {
    if (!text.isEmpty()) {
      Files.writeString(Files.createDirectories(results()).resolve("run.json"), text);
    }

    assertThat(explain(new StringWriter(), "snap-0123456789abcdef0")).isEqualTo(2);
    assertThat(err.toString()).contains(sentence);
    assertThat(err.toString().lines()).hasSize(1);
  }
}
