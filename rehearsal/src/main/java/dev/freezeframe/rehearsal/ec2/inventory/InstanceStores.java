package dev.freezeframe.rehearsal.ec2.inventory;

import java.util.regex.Pattern;

/**
 * Which types of instances have instance store volumes, which DescribeInstances does not show.
 *
 * <p>By the names: EC2 instance types guide, "Amazon EC2 instance type naming conventions" (a
 * {@code d} after the generation: instance store volumes) and the families that its "Instance store
 * volumes" tables list besides.
 */
public final class InstanceStores {
  private static final Pattern STORE =
      Pattern.compile(
          "([a-z]+\\d+[a-ce-z]*d[a-z-]*|(?:i|im|is|d|h|f)\\d+[a-z]*|x1e?|c1|m1|m2|m3|c3|r3|g2|g5|g6[a-z]*|gr6"
              + "|p[45][a-z]*|trn1n?|trn2|dl1|dl2q|hpc6id|hs1|cc2|cr1)\\..*");

  private InstanceStores() {}

  public static boolean has(String instanceType) {
    return STORE.matcher(instanceType).matches();
  }
}
