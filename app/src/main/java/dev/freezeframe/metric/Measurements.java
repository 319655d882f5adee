package dev.freezeframe.metric;

import dev.freezeframe.common.PolicyName;
import java.util.Map;

/** Where measurements go. */
public interface Measurements {

  /** Nobody measures. */
  Measurements NONE = (policy, values) -> {};

  /** Records what was measured of a policy, now; nothing measured is nothing recorded. */
  void record(PolicyName policy, Map<Metric, Double> values);
}
