package dev.freezeframe.operator.report;

import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.fleet.Offering;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LocationType;

/**
 * Asks EC2 whether it could still launch what it launched once. By filter and not by id: one id
 * that is gone would have EC2 refuse the whole question ({@code InvalidAMIID.NotFound}).
 */
final class Ec2Launches {
  /** How many values a filter takes. */
  private static final int MAX_VALUES = 200;

  private final Ec2Client ec2;

  Ec2Launches(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  /**
   * The state of those images that EC2 shows. Deprecated ones can be launched, though EC2 lists
   * them to their owner alone unless it is asked for them; disabled ones cannot.
   */
  Asked<Map<String, String>> images(Collection<String> ids) {
    return Question.ask(
        "ec2:DescribeImages",
        () -> {
          Map<String, String> states = new TreeMap<>();
          for (List<String> some : portions(ids)) {
            ec2.describeImagesPaginator(
                    DescribeImagesRequest.builder()
                        .includeDeprecated(true)
                        .includeDisabled(true)
                        .filters(Filter.builder().name("image-id").values(some).build())
                        .build())
                .images()
                .forEach(image -> states.put(image.imageId(), image.stateAsString()));
          }
          return states;
        });
  }

  /** The Availability Zones that offer some instance types. */
  Asked<Set<Offering>> offerings(Collection<String> types) {
    return Question.ask(
        "ec2:DescribeInstanceTypeOfferings",
        () -> {
          Set<Offering> offerings = new HashSet<>();
          for (List<String> some : portions(types)) {
            ec2.describeInstanceTypeOfferingsPaginator(
                    DescribeInstanceTypeOfferingsRequest.builder()
                        .locationType(LocationType.AVAILABILITY_ZONE)
                        .filters(Filter.builder().name("instance-type").values(some).build())
                        .build())
                .instanceTypeOfferings()
                .forEach(
                    one -> offerings.add(new Offering(one.instanceTypeAsString(), one.location())));
          }
          return offerings;
        });
  }

  private static List<List<String>> portions(Collection<String> values) {
    List<String> each = values.stream().distinct().sorted().toList();
    List<List<String>> portions = new ArrayList<>();
    for (int from = 0; from < each.size(); from += MAX_VALUES) {
      portions.add(each.subList(from, Math.min(each.size(), from + MAX_VALUES)));
    }
    return portions;
  }
}
