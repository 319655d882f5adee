package dev.freezeframe.task.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freezeframe.retention.PlanDraft;
import dev.freezeframe.task.TaskResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeleteSnapshotsTaskTest {
  private static final PlanDraft DRAFT =
      new PlanDraft("plan", 2, 1, 1, 3, 6, 0, 0, 0, Optional.empty());

  private static DeleteSnapshotsTask.Work work(Optional<PlanDraft> draft) {
    PlanExpiryTask.Plan plan =
        new PlanExpiryTask.Plan(
            "plan", draft.isEmpty(), 1, 3, 6, 0, true, 0, "6 snapshots", List.of(), draft);
    return new DeleteSnapshotsTask.Work(
        new TaskResult<>(plan, 0), Optional.empty(), Optional.empty());
  }

  @Test
  void aPlanOfWhichAPortionIsMadeIsNotCarriedOut() {
    assertThat(work(Optional.empty()).deletion()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> work(Optional.of(DRAFT)))
        .withMessage("the plan 'plan' is made in part, expected a whole one");
  }
}
