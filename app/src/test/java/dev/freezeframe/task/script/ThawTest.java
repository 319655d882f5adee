package dev.freezeframe.task.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.script.DocumentRefusedException;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.consistency.script.GuestGoneException;
import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.PostScriptRun.Answer;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.script.ScriptFailedException;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.consistency.script.ScriptRunner;
import dev.freezeframe.consistency.script.ThawNotProvedException;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.task.KnownEc2;
import dev.freezeframe.task.NoAws;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ec2.model.Instance;

class ThawTest {
  private static final InstanceId GUEST = new InstanceId("i-0abc0000000000001");
  private static final AttemptId ATTEMPT = AttemptId.of("execution", 1);
  private static final ScriptOrder POST = post(true);

  private final KnownEc2 ec2 = new KnownEc2();
  private final NoAws aws = new NoAws(ec2);
  private final Instant ordered = aws.clock().instant();
  private final Scripts scripts = new Scripts();
  private final Thaw thaw = new Thaw(scripts, () -> new Ec2Instances(ec2), aws.clock());

  private static ScriptOrder post(boolean stamps) {
    return new ScriptOrder(
        GUEST,
        new DocumentVersion("hold-orders", "3", "c0ffee", stamps),
        Script.POST_SCRIPT,
        ATTEMPT,
        Duration.ofSeconds(60));
  }

  private ScriptRun run(ScriptRun.Ending ending, int code) {
    return new ScriptRun(
        "command", ending, code, ordered, ordered, Optional.empty(), Optional.of(ordered), "");
  }

  private ScriptRun exits(int code) {
    return run(code == 0 ? ScriptRun.Ending.SUCCEEDED : ScriptRun.Ending.FAILED, code);
  }

  private ScriptRun stillRuns() {
    return ScriptRun.unheard("command", ordered, ordered);
  }

  private PostScriptRun send(ScriptOrder post) {
    return thaw.send(post, () -> Optional.of(ordered));
  }

  /** Answers as it is told; keeps what was sent. */
  private final class Scripts implements ScriptRunner {
    private final List<ScriptOrder> sent = new ArrayList<>();
    private final Map<Script, ScriptRun> earlier = new EnumMap<>(Script.class);
    private final List<RuntimeException> refusals = new ArrayList<>();
    private final List<ScriptRun> byHand = new ArrayList<>();
    private ScriptRun answer = exits(0);
    private Instant askedSince;

    @Override
    public ScriptRun run(ScriptOrder order) {
      sent.add(order);
      if (!refusals.isEmpty()) {
        throw refusals.remove(0);
      }
      return answer;
    }

    @Override
    public Optional<ScriptRun> earlier(ScriptOrder order, Instant since) {
      assertThat(order.attempt()).isEqualTo(ATTEMPT);
      return Optional.ofNullable(earlier.get(order.script()));
    }

    @Override
    public List<ScriptRun> byHand(ScriptOrder order, Instant since) {
      askedSince = since;
      return byHand;
    }
  }

  @ParameterizedTest
  @CsvSource({"0, THAWED", "203, AUTO_THAWED", "205, NOT_FROZEN"})
  void theContractsCodesTellHowTheFreezeEnded(int code, Answer answer) {
    scripts.answer = exits(code);

    assertThat(send(POST).answer()).isEqualTo(answer);
    assertThat(scripts.sent).containsExactly(POST);
  }

  @ParameterizedTest
  @CsvSource({"202", "201", "1", "137"})
  void aScriptThatSaysItCouldNotHasFailed(int code) {
    scripts.answer = exits(code);

    assertThatThrownBy(() -> send(POST))
        .isInstanceOf(ScriptFailedException.class)
        .hasMessageStartingWith("the post-script exited with " + code);
  }

  @ParameterizedTest
  @EnumSource(names = {"TIMED_OUT", "UNDELIVERED", "CANCELLED"})
  void aScriptThatGaveNoAnswerProvesNothing(ScriptRun.Ending ending) {
    scripts.answer = run(ending, -1);

    assertThatThrownBy(() -> send(POST)).isInstanceOf(ThawNotProvedException.class);
  }

  @Test
  void aDocumentThatWasChangedSinceThawsAsItIsNow() {
    scripts.refusals.add(new DocumentRefusedException("the version is gone", null));

    assertThat(send(POST).answer()).isEqualTo(Answer.THAWED);
    assertThat(scripts.sent)
        .extracting(ScriptOrder::document)
        .containsExactly(POST.document(), POST.document().unpinned());
  }

  @ParameterizedTest
  @CsvSource({"stopped", "stopping", "shutting-down", "terminated"})
  void aMachineThatDoesNotRunIsNotFrozen(String state) {
    scripts.refusals.add(new GuestGoneException("not managed", null));
    ec2.instances.add(
        Instance.builder().instanceId(GUEST.value()).state(now -> now.name(state)).build());

    PostScriptRun answer = send(POST);

    assertThat(answer.answer()).isEqualTo(Answer.GUEST_GONE);
    assertThat(answer.words()).isEqualTo("not sent: the instance is " + state);
  }

  @Test
  void oneThatEc2DoesNotKnowIsGone() {
    scripts.refusals.add(new GuestGoneException("not managed", null));

    assertThat(send(POST).words()).isEqualTo("not sent: the instance is gone");
  }

  @ParameterizedTest
  @CsvSource({"running", "pending"})
  void oneThatRunsAndIsNotRegisteredMayBeFrozen(String state) {
    scripts.refusals.add(new GuestGoneException("not managed", null));
    ec2.instances.add(
        Instance.builder().instanceId(GUEST.value()).state(now -> now.name(state)).build());

    assertThatThrownBy(() -> send(POST))
        .isInstanceOf(ThawNotProvedException.class)
        .hasMessageContaining("is %s, and its agent is not registered".formatted(state));
  }

  @Test
  void aDocumentOfOthersThatFailsAfterItsPreScriptDidHasFoundNothingFrozen() {
    scripts.answer = exits(1);
    scripts.earlier.put(Script.PRE_SCRIPT, exits(1));

    assertThat(send(post(false)).answer()).isEqualTo(Answer.NOT_FROZEN);
    assertThatThrownBy(() -> send(post(true)))
        .as("one of the contract would have said 205")
        .isInstanceOf(ScriptFailedException.class);
  }

  @Test
  void itMayHaveFrozenWhereItsPreScriptSucceeded() {
    scripts.answer = exits(1);
    scripts.earlier.put(Script.PRE_SCRIPT, exits(0));

    assertThatThrownBy(() -> send(post(false))).isInstanceOf(ScriptFailedException.class);
  }

  private PostScriptRun confirm(boolean preEnded, int seconds) {
    aws.pause().pause(Duration.ofSeconds(seconds));
    return thaw.confirm(POST, send(POST), ordered, preEnded);
  }

  @Test
  void aThawBeforeThePreScriptHasEndedProvesNothingForFourMinutes() {
    scripts.earlier.put(Script.PRE_SCRIPT, stillRuns());

    assertThatThrownBy(() -> confirm(false, 239))
        .isInstanceOf(ThawNotProvedException.class)
        .hasMessage(Thaw.MAY_STILL_FREEZE);
    assertThat(confirm(false, 1).answer()).isEqualTo(Answer.THAWED);
  }

  @Test
  void aPreScriptThatNobodyKnowsOfMayBeSentForNinetySeconds() {
    assertThatThrownBy(() -> confirm(false, 89)).hasMessage(Thaw.MAY_STILL_FREEZE);
    assertThat(confirm(false, 1).answer()).isEqualTo(Answer.THAWED);
  }

  @Test
  void aPreScriptThatHasEndedIsNotWaitedFor() {
    scripts.earlier.put(Script.PRE_SCRIPT, exits(201));
    assertThat(confirm(false, 0).answer()).isEqualTo(Answer.THAWED);

    scripts.earlier.put(Script.PRE_SCRIPT, stillRuns());
    assertThat(confirm(true, 0).answer()).isEqualTo(Answer.THAWED);
  }

  @Test
  void aGuestThatIsGoneFreezesNoMore() {
    scripts.refusals.add(new GuestGoneException("not managed", null));

    assertThat(confirm(false, 0).answer()).isEqualTo(Answer.GUEST_GONE);
  }

  @Test
  void whereNothingIsFrozenAnEarlierSendingMayHaveThawed() {
    scripts.answer = exits(205);
    scripts.earlier.put(Script.PRE_SCRIPT, exits(0));
    assertThat(confirm(true, 0).answer()).isEqualTo(Answer.NOT_FROZEN);

    scripts.earlier.put(Script.POST_SCRIPT, exits(203));
    assertThat(confirm(true, 0).answer()).isEqualTo(Answer.AUTO_THAWED);
  }

  @Test
  void whatAPersonSentCountsFromWhenThePreScriptCanFreezeNoMore() {
    scripts.byHand.add(exits(202));
    assertThat(thaw.byHand(POST, ordered)).isEmpty();
    assertThat(scripts.askedSince).isEqualTo(ordered.plusSeconds(240));

    scripts.byHand.add(exits(0));
    assertThat(thaw.byHand(POST, ordered).map(PostScriptRun::answer)).contains(Answer.THAWED);
  }
}
