package dev.freezeframe.infra.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lays permissions out in the policies of a role, each below what IAM takes: 10,240 characters in
 * all that are the role's own, 6,144 in a managed policy, and 10 of these at a role (the quotas of
 * an account; white space is not counted). CDK would split them too, when it writes the template;
 * but then a statement that is too large by itself stays whole, and what is accepted for the role
 * is not accepted for what was split off.
 */
final class PermissionSizes {
  /** The most managed policies at a role, unless its account's quota was raised. */
  static final int MANAGED = 10;

  /** What is left of the role's own is for its log, its traces and its queue. */
  private static final int OF_THE_ROLE = 7_000;

  private static final int OF_A_MANAGED_POLICY = 5_600;

  /** A pseudo parameter such as the Region, of which none is longer than that. */
  private static final Pattern PSEUDO = Pattern.compile("\\$\\{Token\\[AWS\\.[^]]*]}");

  /** Any other token is at most an ARN. */
  private static final Pattern TOKEN = Pattern.compile("\\$\\{Token\\[[^]]*]}");

  private PermissionSizes() {}

  /** The role's own first, then those of each managed policy. */
  static List<List<Permission>> layOut(List<Permission> permissions) {
    List<List<Permission>> policies = new ArrayList<>(List.of(new ArrayList<>()));
    int room = OF_THE_ROLE;
    for (Permission permission : portions(merged(permissions))) {
      int length = length(permission);
      if (length > room) {
        policies.add(new ArrayList<>());
        room = OF_A_MANAGED_POLICY;
      }
      policies.get(policies.size() - 1).add(permission);
      room -= length;
    }
    return policies;
  }

  /** Those that differ in their actions alone name their resources once. */
  private static List<Permission> merged(List<Permission> permissions) {
    List<Permission> merged = new ArrayList<>();
    for (Permission permission : permissions) {
      int same = 0;
      while (same < merged.size() && !merged.get(same).sameButActions(permission)) {
        same++;
      }
      if (same == merged.size()) {
        merged.add(permission);
      } else {
        merged.set(same, merged.get(same).withActions(permission.actions()));
      }
    }
    return merged;
  }

  /** Those with many resources, in several. */
  private static List<Permission> portions(List<Permission> permissions) {
    List<Permission> portions = new ArrayList<>();
    for (Permission permission : permissions) {
      int rest = OF_A_MANAGED_POLICY - length(permission.withResources(List.of()));
      List<String> some = new ArrayList<>();
      int taken = 0;
      for (String resource : permission.resources()) {
        int length = length(resource);
        if (!some.isEmpty() && taken + length > rest) {
          portions.add(permission.withResources(some));
          some = new ArrayList<>();
          taken = 0;
        }
        some.add(resource);
        taken += length;
      }
      portions.add(permission.withResources(some));
    }
    return portions;
  }

  private static int length(Permission permission) {
    int length = "{\"Action\":[],\"Condition\":{},\"Effect\":\"Allow\",\"Resource\":[]},".length();
    for (String action : permission.actions()) {
      length += length(action);
    }
    for (String resource : permission.resources()) {
      length += length(resource);
    }
    for (var operator : permission.conditions().entrySet()) {
      length += operator.getKey().length() + 6;
      for (var key : operator.getValue().entrySet()) {
        length += key.getKey().length() + 6;
        List<?> values = key.getValue() instanceof List<?> list ? list : List.of(key.getValue());
        for (Object value : values) {
          length += length(value.toString());
        }
      }
    }
    return length;
  }

  /** With its quotation marks and comma. */
  private static int length(String text) {
    String filled =
        TOKEN.matcher(PSEUDO.matcher(text).replaceAll("x".repeat(16))).replaceAll("x".repeat(150));
    return filled.length() + 3;
  }
}
