package dev.freezeframe.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.operator.report.LedgerReader;
import dev.freezeframe.operator.report.ReportPage;
import dev.freezeframe.operator.report.Reports;
import dev.freezeframe.rehearsal.ledger.RunJsonLedger;
import dev.freezeframe.rehearsal.report.Browser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code look.mjs} says what is tried in the browser, on a phone and on a wide screen. */
class ReportInBrowserTest {
  private static final int A_THOUSAND = 1_000;

  /** Of two sets a day: more sets together than a JavaScript call takes arguments. */
  private static final int DAYS = 65;

  private static final String ONE_INSTANCE =
      """
      {"Reservations": [{"Instances": [{"InstanceId": "i-0a000000000000001",
        "State": {"Code": 16, "Name": "running"}, "PlatformDetails": "Linux/UNIX",
        "RootDeviceName": "/dev/xvda", "Tags": [{"Key": "snapshot", "Value": "snapshot"}],
        "BlockDeviceMappings": [
          {"DeviceName": "/dev/xvda", "Ebs": {"VolumeId": "vol-0a000000000000001"}},
          {"DeviceName": "/dev/sdf", "Ebs": {"VolumeId": "vol-0a000000000000002"}}]}]}]}
      """;

  private final Browser browser = Browser.orSkip();
  @TempDir private Path folder;

  @Test
  void aRehearsalOfOneInstance() throws IOException {
    Path fleet = Files.writeString(folder.resolve("fleet.json"), ONE_INSTANCE);

    theReaderFindsNothingWrongWith(rehearsed("--fleet", fleet.toString()));
  }

  @Test
  void aRehearsalOfADozenInstancesOnTwoDaysAndTheSameFromItsLedger() throws IOException {
    theReaderFindsNothingWrongWith(rehearsed("--days", "2"));
    theReaderFindsNothingWrongWith(fromTheLedger());
  }

  @Test
  void aThousandInstancesAndTheirSetsOfMonthsAndHostileWords() throws IOException {
    Path page = folder.resolve("thousand.html");
    Files.writeString(page, ReportPage.write(Reports.of(A_THOUSAND, DAYS)));

    theReaderFindsNothingWrongWith(page);
  }

  @Test
  void aDozenInstancesOfWhichNothingIsToldInFull() throws IOException {
    Path page = folder.resolve("short.html");
    Files.writeString(page, ReportPage.write(Reports.inShort(12)));

    theReaderFindsNothingWrongWith(page);
  }

  private Path rehearsed(String option, String value) {
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(Writer.nullWriter()))
            .setErr(new PrintWriter(Writer.nullWriter()))
            .execute("--out", folder.toString(), option, value);
    assertThat(status).isZero();
    return folder.resolve("report.html");
  }

  private Path fromTheLedger() throws IOException {
    JsonNode run = new ObjectMapper().readTree(Files.readString(folder.resolve("run.json")));
    RunJsonLedger written = RunJsonLedger.of(run);
    LedgerReader reader = new LedgerReader(written.ledger(), "rehearsed", written.end());
    String page = ReportPage.write(reader.days(2).orElseThrow());
    return Files.writeString(folder.resolve("ledger.html"), page);
  }

  private void theReaderFindsNothingWrongWith(Path page) {
    List<String> lines = browser.lookAt(page);

    assertThat(lines).hasSize(3).last().isEqualTo("exit status 0");
    assertThat(lines.get(0))
        .startsWith("looked at: phone, fitsTheWidth, judgement, lanes, filter, details");
    assertThat(lines.get(1))
        .startsWith("looked at: wide, fitsTheWidth, judgement, lanes, filter, details");
  }
}
