package dev.freezeframe.task.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.inventory.Target;
import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.KnownEc2;
import dev.freezeframe.task.NoAws;
import dev.freezeframe.task.run.SelectTargetsTask.PageRequest;
import dev.freezeframe.task.run.SelectTargetsTask.Selection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;

class SelectTargetsTaskTest {
  private static final Policy POLICY =
      new PolicyReader()
          .read(
              "daily.yaml",
              "name: daily\ntargets: [\"backup=yes\", \"db\"]\npacing: {setsPerSecond: 1}\n");
  private static final Instant DUE = Instant.parse("2026-11-22T02:00:00Z");
  private static final String EXECUTION = "arn:aws:states:e:1:execution:run-policy:one";

  private final KnownEc2 ec2 = new KnownEc2();
  private final NoAws aws = new NoAws(ec2);

  private static String id(int number) {
    return "i-%017x".formatted(number);
  }

  private void instance(int number, String state, String key, String value) {
    ec2.instances.add(
        Instance.builder()
            .instanceId(id(number))
            .state(now -> now.name(state))
            .tags(Tag.builder().key(key).value(value).build())
            .build());
  }

  private Selection select(String execution, Instant due, Optional<PageRequest> page) {
    return new SelectTargetsTask(aws)
        .handle(
            new SelectTargetsTask.Order(
                execution, new SelectTargetsTask.Request(POLICY, due, page)));
  }

  private Selection select() {
    return select(EXECUTION, DUE, Optional.empty());
  }

  private static List<String> ids(Selection selection) {
    return selection.targets().stream().map(target -> target.instanceId().value()).toList();
  }

  private List<PageRow> pages(Selection selection) {
    return aws.ledger().run(selection.runId()).pages();
  }

  @Test
  void anInstanceWithATagOfThePolicyIsBackedUpForTheFirstThatItHas() {
    instance(2, "running", "db", "orders");
    instance(1, "stopped", "backup", "yes");
    instance(3, "running", "backup", "no");

    Selection selection = select();

    assertThat(selection.ours()).isTrue();
    assertThat(selection.targets())
        .extracting(Target::reason)
        .containsExactly("tagged backup=yes", "tagged db");
    assertThat(ids(selection)).containsExactly(id(1), id(2));
    assertThat(selection.next()).isEmpty();
    assertThat(pages(selection))
        .singleElement()
        .satisfies(
            page -> {
              assertThat(page.last()).isTrue();
              assertThat(page.selected())
                  .extracting(Object::toString)
                  .containsExactly(id(1), id(2));
            });
  }

  @Test
  void oneThatCannotBeBackedUpIsRecordedWithTheReasonAndNotOrdered() {
    instance(1, "terminated", "backup", "yes");
    instance(2, "running", "backup", "yes");

    Selection selection = select();

    assertThat(ids(selection)).containsExactly(id(2));
    assertThat(pages(selection).get(0).invalid())
        .extracting(PageRow.Invalid::reason)
        .containsExactly("tagged backup=yes, but the instance is terminated");
    assertThat(selection.words())
        .isEqualTo("page 1: 1 instances to back up, 1 that match but can't be");
  }

  @Test
  void oneThatIsOnItsWayIsOrderedAndWaitedForThere() {
    instance(1, "stopping", "backup", "yes");
    instance(2, "pending", "backup", "yes");
    instance(3, "shutting-down", "backup", "yes");

    assertThat(ids(select())).containsExactly(id(1), id(2));
  }

  @Test
  void aRunIsOfTheExecutionThatClaimedItFirst() {
    instance(1, "running", "backup", "yes");
    select();

    Selection second = select(EXECUTION + "-two", DUE, Optional.empty());

    assertThat(second.ours()).isFalse();
    assertThat(second.targets()).isEmpty();
    assertThat(second.words()).isEqualTo("the run is held by " + EXECUTION);
    assertThat(select().ours()).as("a second try of the first").isTrue();
  }

  @Test
  void aSecondTryOrdersWhatTheFirstHasRecorded() {
    instance(1, "running", "backup", "yes");
    select();
    ec2.instances.clear();
    instance(2, "running", "backup", "yes");

    Selection again = select();

    assertThat(ids(again)).containsExactly(id(1));
    assertThat(again.targets().get(0).reason()).isEqualTo("selected by an earlier try");
  }

  @Test
  void aRunIsNotClaimedMoreThanFiveMinutesAhead() {
    Instant now = aws.clock().instant();
    assertThat(select(EXECUTION, now.plusSeconds(300), Optional.empty()).ours()).isTrue();

    Instant later = now.plusSeconds(301);
    assertThatThrownBy(() -> select(EXECUTION, later, Optional.empty()))
        .isInstanceOf(InputRefusedException.class)
        .hasMessageStartingWith("work.scheduledAt is %s, expected no time after".formatted(later));
  }

  @Test
  void whatAPageDoesNotHoldIsAnotherExecutionsWhichGoesOnBehindIt() {
    IntStream.rangeClosed(1, SelectTargetsTask.PAGE + 3)
        .forEach(number -> instance(number, "running", "backup", "yes"));

    Selection first = select();

    assertThat(first.targets()).hasSize(SelectTargetsTask.PAGE);
    SelectTargetsTask.Next next = first.next().orElseThrow();
    assertThat(next.executionName()).isEqualTo(first.runId() + "-page-2");
    assertThat(next.page().number()).isEqualTo(2);
    assertThat(next.page().ordered()).isEqualTo(SelectTargetsTask.PAGE);
    assertThat(pages(first).get(0).last()).isFalse();

    Selection second = select("arn:other", DUE, Optional.of(next.page()));

    assertThat(second.ours()).as("a page is not claimed").isTrue();
    assertThat(ids(second))
        .containsExactly(
            id(SelectTargetsTask.PAGE + 1),
            id(SelectTargetsTask.PAGE + 2),
            id(SelectTargetsTask.PAGE + 3));
    assertThat(second.next()).isEmpty();
    assertThat(second.targets().get(0).startAfterSeconds())
        .as("one set a second, behind the page before")
        .isGreaterThanOrEqualTo(SelectTargetsTask.PAGE);
  }

  @Test
  void aBackupIsNamedForItsInstanceAndRun() {
    instance(1, "running", "backup", "yes");

    assertThat(select().targets().get(0).executionName())
        .isEqualTo(id(1) + "-daily-20261122T020000Z");
  }

  @Test
  void theReasonOfAnyTagStaysShortInBytes() {
    for (String letter : List.of("x", "\u00fc", "\u4e2d", "\ud83d\ude80")) {
      String reason =
          SelectTargetsTask.reason(new TagSelector("backup", Optional.of(letter.repeat(60))));

      assertThat(reason).startsWith("tagged backup=");
      assertThat(reason.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(103);
    }
  }
}
