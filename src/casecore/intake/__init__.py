"""From referral to admission: who is eligible, who is admitted."""

from .admission import Admission, EligibilityDecided, ReferralReceived, ReferralSource

__all__ = ["Admission", "EligibilityDecided", "ReferralReceived", "ReferralSource"]
