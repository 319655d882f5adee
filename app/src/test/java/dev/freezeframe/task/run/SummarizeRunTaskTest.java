package dev.freezeframe.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.ledger.run.RunSummary;
import dev.freezeframe.task.Inputs;
import dev.freezeframe.task.TestTaskDependencies;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummarizeRunTaskTest {
  private static final PolicyName DAILY = new PolicyName("daily");
  private static final Instant TWO = Instant.parse("2026-11-22T02:00:00Z");
  private static final RunId RUN = RunId.of(DAILY, TWO);
  private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");
  private static final String RUNS = "arn:aws:states:e:1:execution:r:n";
  private static final String BACKUPS = "arn:aws:states:e:1:execution:m:n";

  private final InMemoryLedger ledger = new InMemoryLedger();
  private Instant now = TWO.plusSeconds(3600);

  /** Found by seed 23900: a backup and its run, redriven at the same time. */
  @Test
  void aSummaryIsOfTheTimeAtWhichItReadWhatARedriveChangesMeanwhile() throws IOException {
    ledger.claimRun(new RunRow(RUN, DAILY, TWO, RUNS, TWO, Optional.empty()));
    ledger.recordPage(new PageRow(RUN, 2, List.of(INSTANCE), List.of(), true));
    ledger.recordOutcome(outcome(Status.FAILED));
    Instant begun = now;

    SummarizeRunTask task =
        new SummarizeRunTask(
            new TestTaskDependencies(
                afterReading(
                    () -> {
                      now = now.plusMillis(1);
                      ledger.recordOutcome(outcome(Status.SKIPPED));
                    }),
                ((InstantSource) () -> now).withZone(ZoneOffset.UTC)));
    task.handle(
        task.read(Inputs.all().get("SummarizeRun").toString().getBytes(StandardCharsets.UTF_8)));

    RunSummary summary = ledger.run(RUN).run().orElseThrow().summary().orElseThrow();
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(summary.at()).isEqualTo(begun).isBefore(outcomeInForce().at());
  }

  private OutcomeRow outcomeInForce() {
    return ledger.outcome(RUN, INSTANCE).orElseThrow();
  }

  private OutcomeRow outcome(Status status) {
    return new OutcomeRow(
        RUN,
        INSTANCE,
        BACKUPS,
        status,
        Optional.empty(),
        Optional.empty(),
        "the guest could not be frozen",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty(),
        List.of(),
        now);
  }

  /** The ledger, in which something else happens as soon as a run was read. */
  private Ledger afterReading(Runnable deed) {
    return (Ledger)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Ledger.class},
            (proxy, method, arguments) -> {
              Object answer = method.invoke(ledger, arguments);
              if (method.getName().equals("run")) {
                deed.run();
              }
              return answer;
            });
  }
}
