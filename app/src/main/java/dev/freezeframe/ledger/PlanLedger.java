package dev.freezeframe.ledger;

import java.util.Optional;

/** Plans of deletions. */
public interface PlanLedger {

  /** Records a page of the groups that a plan has to decide on; the first record of it stays. */
  void recordPlanGroups(PlanGroups page);

  Optional<PlanGroups> planGroups(String plan, int number);

  /**
   * Records a page of a plan. One that was planned later replaces one of the same number, since a
   * call that is made again plans its pages again; nothing plans once the plan is recorded.
   */
  void recordPlanPage(PlanPage page);

  /**
   * Records a plan, which makes it one.
   *
   * @return the plan in force under this id: the first recorded
   */
  PlanRow recordPlan(PlanRow plan);

  Optional<PlanRow> plan(String plan);

  Optional<PlanPage> planPage(String plan, int number);
}
