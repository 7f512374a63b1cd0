import AttuneRig
