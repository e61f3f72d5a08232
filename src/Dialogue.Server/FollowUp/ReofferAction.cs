namespace Dialogue.FollowUp;

/// <summary>Ask again, or ask somebody else.</summary>
internal sealed class ReofferAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Offer;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) =>
        [
            StepField.Line("OwnerName", required: true, row.OwnerName),
            StepField.Email("OwnerEmail") with
            {
                Value = row.OwnerEmail,
            },
            StepField.Text("Reason"),
        ];

    public override Result<ActionStep> Read(StepInput input) =>
        new ActionStep.Offer(input.Person("OwnerName", "OwnerEmail"), input.Optional("Reason"));
}
