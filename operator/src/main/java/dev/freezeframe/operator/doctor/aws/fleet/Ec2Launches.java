package dev.freezeframe.operator.doctor.aws.fleet;

import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.fleet.DrillCheck.Place;
import dev.freezeframe.operator.doctor.check.fleet.Offering;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LocationType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Asks EC2 whether it could still launch what it launched once. By filter and not by id: one id
 * that is gone would have EC2 refuse the whole question ({@code InvalidAMIID.NotFound}).
 */
public final class Ec2Launches {
  /** How many values a filter takes. */
  private static final int MAX_VALUES = 200;

  private final Ec2Client ec2;

  public Ec2Launches(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  /**
   * The state of those images that EC2 shows. Deprecated ones can be launched, though EC2 lists
   * them to their owner alone unless it is asked for them; disabled ones cannot.
   */
  public Asked<Map<String, String>> images(Collection<String> ids) {
    return Question.ask(
        "ec2:DescribeImages",
        () -> {
          Map<String, String> states = new TreeMap<>();
          for (List<String> some : portions(ids)) {
            ec2.describeImagesPaginator(
                    DescribeImagesRequest.builder()
                        .includeDeprecated(true)
                        .includeDisabled(true)
                        .filters(by("image-id", some))
                        .build())
                .images()
                .forEach(image -> states.put(image.imageId(), image.stateAsString()));
          }
          return states;
        });
  }

  /** The Availability Zones that offer some instance types. */
  public Asked<Set<Offering>> offerings(Collection<String> types) {
    return Question.ask(
        "ec2:DescribeInstanceTypeOfferings",
        () -> {
          Set<Offering> offerings = new HashSet<>();
          for (List<String> some : portions(types)) {
            ec2.describeInstanceTypeOfferingsPaginator(
                    DescribeInstanceTypeOfferingsRequest.builder()
                        .locationType(LocationType.AVAILABILITY_ZONE)
                        .filters(by("instance-type", some))
                        .build())
                .instanceTypeOfferings()
                .forEach(
                    one -> offerings.add(new Offering(one.instanceTypeAsString(), one.location())));
          }
          return offerings;
        });
  }

  /** Those of some subnets that EC2 shows. */
  public Asked<Set<String>> subnets(Collection<String> ids) {
    return Question.ask(
        "ec2:DescribeSubnets",
        () ->
            shown(
                ids,
                some ->
                    ec2
                        .describeSubnetsPaginator(
                            DescribeSubnetsRequest.builder().filters(by("subnet-id", some)).build())
                        .subnets()
                        .stream()
                        .map(Subnet::subnetId)));
  }

  /** Those of some security groups that EC2 shows. */
  public Asked<Set<String>> securityGroups(Collection<String> ids) {
    return Question.ask(
        "ec2:DescribeSecurityGroups",
        () ->
            shown(
                ids,
                some ->
                    ec2
                        .describeSecurityGroupsPaginator(
                            DescribeSecurityGroupsRequest.builder()
                                .filters(by("group-id", some))
                                .build())
                        .securityGroups()
                        .stream()
                        .map(SecurityGroup::groupId)));
  }

  /** Where those of some subnets are that EC2 shows. */
  public Asked<Map<String, Place>> places(Collection<String> subnets) {
    return Question.ask(
        "ec2:DescribeSubnets",
        () -> {
          Map<String, Place> places = new TreeMap<>();
          for (List<String> some : portions(subnets)) {
            ec2.describeSubnetsPaginator(
                    DescribeSubnetsRequest.builder().filters(by("subnet-id", some)).build())
                .subnets()
                .forEach(
                    one ->
                        places.put(one.subnetId(), new Place(one.vpcId(), one.availabilityZone())));
          }
          return places;
        });
  }

  /** The VPC of each of some security groups that EC2 shows. */
  public Asked<Map<String, String>> vpcs(Collection<String> groups) {
    return Question.ask(
        "ec2:DescribeSecurityGroups",
        () -> {
          Map<String, String> vpcs = new TreeMap<>();
          for (List<String> some : portions(groups)) {
            ec2.describeSecurityGroupsPaginator(
                    DescribeSecurityGroupsRequest.builder().filters(by("group-id", some)).build())
                .securityGroups()
                .forEach(one -> vpcs.put(one.groupId(), one.vpcId()));
          }
          return vpcs;
        });
  }

  private static Set<String> shown(
      Collection<String> ids, Function<List<String>, Stream<String>> question) {
    return portions(ids).stream().flatMap(question).collect(Collectors.toSet());
  }

  private static Filter by(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
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
