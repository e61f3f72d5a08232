namespace Dialogue.FollowUp;

/// <summary>The owner says how others will see that it is done, and who will look.</summary>
internal sealed class PlanAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Plan;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) =>
        [
            StepField.Text("EvidencePlan", required: true, row.EvidencePlan),
            StepField.Line("VerifierName", required: true, row.VerifierName),
            StepField.Email("VerifierEmail") with
            {
                Value = row.VerifierEmail,
            },
        ];

    public override Result<ActionStep> Read(StepInput input) =>
        new ActionStep.Plan(input.Text("EvidencePlan"), input.Person("VerifierName", "VerifierEmail"));
}
