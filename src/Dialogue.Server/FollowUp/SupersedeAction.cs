namespace Dialogue.FollowUp;

/// <summary>Another agreed action took its place; the field takes the address of its page.</summary>
internal sealed class SupersedeAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Supersede;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) =>
        [StepField.Line("Successor", required: true), StepField.Text("Reason", required: true)];

    public override Result<ActionStep> Read(StepInput input) =>
        Guid.TryParse(input.Text("Successor").Split("/")[^1], out var successor)
            ? new ActionStep.Supersede(successor, input.Text("Reason"))
            : RefusalCode.SuccessorMissing;
}
